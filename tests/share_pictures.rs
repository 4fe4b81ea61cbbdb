//! Pictures that carry a run, QR codes that a reader reads, and tables that a parser parses: whatever the page saves
//! comes back whole, and no picture makes the reader panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use credence::share::{
    PictureError, code_in_picture, code_into_png, code_into_svg, csv_table, decode, encode, is_picture,
    qr_squares,
};
use data_encoding::BASE64;
use proptest::prelude::*;
use support::*;

/// One grey pixel.
const PIXEL: &[u8] =
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
const DRAWING: &str =
    "<svg width=\"9\" height=\"9\" xmlns=\"http://www.w3.org/2000/svg\">\n<rect/>\n</svg>\n";

fn pixel() -> Vec<u8> {
    BASE64.decode(PIXEL).unwrap()
}

#[test]
fn a_run_travels_in_a_picture_to_the_same_head() {
    for run in [simulated_run(), eventful_run()] {
        let code = encode(&run).unwrap();
        let png = code_into_png(pixel(), &code).unwrap();
        let svg = code_into_svg(DRAWING, &code).unwrap();
        for picture in [png, svg.into_bytes()] {
            assert!(is_picture(&picture));
            let found = code_in_picture(&picture).unwrap();
            assert_eq!(found, code);
            assert_eq!(decode(&found).unwrap().head(), run.head());
        }
    }
}

#[test]
fn a_picture_keeps_its_other_chunks_and_ends_as_it_must() {
    let png = code_into_png(pixel(), "1.abc").unwrap();
    assert!(png.starts_with(&pixel()[..pixel().len() - 12]), "header and pixels are as they were");
    assert!(png.ends_with(&pixel()[pixel().len() - 12..]), "IEND is last");
}

#[test]
fn ordinary_pictures_hold_no_run() {
    assert_eq!(code_in_picture(&pixel()), Err(PictureError::NoRun));
    assert_eq!(code_in_picture(DRAWING.as_bytes()), Err(PictureError::NoRun));
    assert_eq!(code_into_png(b"GIF89a".to_vec(), "1.a"), Err(PictureError::Damaged));
    assert_eq!(code_into_svg("<p>", "1.a"), Err(PictureError::Damaged));
    assert!(!is_picture(b"{\"format\":\"credence-run\"}"));
}

#[test]
fn a_picture_that_is_cut_gives_the_whole_code_or_none() {
    let png = code_into_png(pixel(), "1.abcdef").unwrap();
    for end in 0..png.len() {
        // Only the chunk that ends every PNG may be missing.
        assert_eq!(code_in_picture(&png[..end]).is_ok(), end == png.len() - 12, "cut at {end}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(place in 0_usize..200, byte: u8, tail: Vec<u8>) {
        let mut png = code_into_png(pixel(), "1.abcdef").unwrap();
        let place = place % png.len();
        png[place] = byte;
        png.extend(tail);
        let _ = code_in_picture(&png);
        let svg = code_into_svg(DRAWING, "1.abcdef").unwrap().into_bytes();
        let _ = code_in_picture(&svg[place % svg.len()..]);
    }
}

/// Pixels of a module.
const ZOOM: usize = 4;

#[test]
fn a_reader_reads_the_qr_code_of_a_link() {
    let address = format!("https://example.org/credence/#/r/{}", encode(&simulated_run()).unwrap());
    let squares = qr_squares(&address).unwrap();
    let edge = squares.edge as usize;
    let mut dark = vec![false; edge * edge];
    for rectangle in squares.path.split('z').filter(|part| !part.is_empty()) {
        let numbers: Vec<usize> =
            rectangle.split(['M', ' ', 'h', 'v', '-']).filter_map(|part| part.parse().ok()).collect();
        let [x, y, width, ..] = numbers[..] else { panic!("{rectangle}") };
        dark[y * edge + x..y * edge + x + width].fill(true);
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(edge * ZOOM, edge * ZOOM, |x, y| {
        if dark[y / ZOOM * edge + x / ZOOM] { 0 } else { 255 }
    });
    let (_, read) = image.detect_grids()[0].decode().unwrap();
    assert_eq!(read, address);
}

#[test]
fn a_table_says_what_the_log_says() {
    for run in [simulated_run(), eventful_run()] {
        let table = csv_table(&run);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let head = reader.headers().unwrap().clone();
        let column = |name: &str| head.iter().position(|cell| cell == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        let count = |kind: &str| rows.iter().filter(|row| &row[column("event")] == kind).count();
        let events = |kind: &str| run.log().events().filter(|event| event.type_name() == kind).count();
        for kind in ["forecast", "failed", "traded", "closed"] {
            assert_eq!(count(kind), events(kind), "{kind}");
        }
        let price = column(&format!("price {}", run.spec().outcomes[0]));
        let last = rows.last().unwrap();
        assert_eq!(last[price].parse::<f64>().unwrap().to_bits(), run.state().prices()[0].to_bits());
    }
}

#[test]
fn no_text_of_a_model_becomes_a_formula() {
    let mut spec = eventful_spec();
    spec.outcomes[0] = "=1+1".into();
    spec.agents[0].name = "@SUM(A1)".into();
    let run = model_run(spec, &[]);
    let table = csv_table(&run);
    assert!(table.contains("'@SUM(A1)"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            let formula =
                cell.starts_with(['=', '@', '+']) || cell.starts_with('-') && cell.parse::<f64>().is_err();
            assert!(!formula, "{cell}");
        }
    }
}
