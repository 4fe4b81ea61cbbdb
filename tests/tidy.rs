//! The tidy test: what Cargo cannot enforce inside one crate. It reads the sources and fails with file and line on an
//! import that runs against the picture of the rooms, and on whatever else the house does not allow.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test, and its tables are data")]

use std::path::{Path, PathBuf};

/// What compiles for the browser alone: unit tests there would never run. What can be tested moves to where it is.
const BROWSER_ONLY: [&str; 6] =
    ["src/web/", "src/ui/app", "src/ui/components/", "src/ui/desk/", "src/ui/pages/", "src/ui/panels/"];

/// The rooms, and what each may import. Whatever is not named here is no room.
const ROOMS: [(&str, &[&str]); 20] = [
    ("prng", &[]),
    ("market", &[]),
    ("audit", &[]),
    ("llm", &[]),
    ("belief", &["market", "prng"]),
    ("lab", &["market", "belief", "prng"]),
    ("run", &["market", "belief", "audit", "prng"]),
    ("aggregate", &["market", "belief", "audit", "prng", "run"]),
    ("evaluate", &["market", "belief", "audit", "prng", "run", "aggregate"]),
    ("share", &["market", "belief", "audit", "prng", "run", "aggregate", "evaluate"]),
    ("export", &["market", "audit", "run", "aggregate", "evaluate"]),
    ("agents", &["market", "belief", "audit", "prng", "run", "llm"]),
    ("session", &["market", "belief", "audit", "prng", "run", "llm", "agents", "aggregate", "evaluate"]),
    ("archive", &["run", "audit", "prng", "llm", "session"]),
    ("web", &["archive", "session", "llm", "share", "run", "market", "belief", "audit", "prng", "lab"]),
    (
        "ui",
        &[
            "market",
            "belief",
            "audit",
            "prng",
            "run",
            "llm",
            "lab",
            "aggregate",
            "share",
            "evaluate",
            "agents",
            "session",
            "archive",
            "web",
        ],
    ),
    (
        "cli",
        &[
            "market",
            "belief",
            "audit",
            "prng",
            "run",
            "llm",
            "aggregate",
            "share",
            "agents",
            "session",
            "archive",
            "evaluate",
            "export",
        ],
    ),
    ("main", &["ui", "web"]),
    // The program of the lab's worker.
    ("lab_worker", &["web"]),
    // The native program.
    ("command", &["cli"]),
];

/// Rooms without clock, network, browser or maps of random order.
const PURE: [&str; 11] =
    ["prng", "market", "audit", "llm", "belief", "lab", "run", "aggregate", "share", "evaluate", "export"];

const MOST_LINES: usize = 400;

/// What may stand only in some places: the word, where it may stand, and why not elsewhere.
type Ban = (&'static str, fn(&Place) -> bool, &'static str);

const BANS: [Ban; 27] = [
    ("leptos", |at| at.is_in(&["ui", "main", "lib"]), "only the page knows Leptos"),
    // Events and the canvas have browser types, which the page hands on.
    ("web_sys", |at| at.is_in(&["web", "ui", "main"]), "the browser lives in web/"),
    ("js_sys", |at| at.is_in(&["web", "ui", "main"]), "the browser lives in web/"),
    ("gloo_net", |at| at.is_in(&["web"]), "only web/ fetches"),
    ("reqwest", |at| at.is_in(&["cli"]), "natively only cli/ calls servers"),
    ("tokio", |at| at.is_in(&["cli"]), "the session waits through its ports"),
    ("std::fs", |at| at.is_in(&["cli"]), "files are the command line's"),
    ("std::env", |at| at.is_in(&["cli"]), "keys and variables are the command line's"),
    ("HashMap", |at| !at.is_in(&PURE), "its order is random: take a BTreeMap or a Vec"),
    ("HashSet", |at| !at.is_in(&PURE), "its order is random: take a BTreeSet or a Vec"),
    ("async fn", |at| !at.is_in(&PURE), "the pure rooms never wait"),
    ("SystemTime", |at| at.is_in(&["web", "cli"]), "the core never asks for the time"),
    ("Instant", |at| at.is_in(&["web", "cli"]), "the core never asks for the time"),
    ("libm", |at| at.file == "src/market/math.rs", "market::math is the one door"),
    (".exp()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".exp_m1()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".ln()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".ln_1p()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".log10()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".log2()", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".powf(", |at| at.file == "src/market/math.rs", "market::math has the same bits everywhere"),
    (".powi(", |at| at.file == "src/market/math.rs", "its precision is not specified"),
    (".mul_add(", |_| false, "it rounds once or twice, as the processor can"),
    ("TODO", |_| false, "do it, or open an issue"),
    ("FIXME", |_| false, "fix it, or open an issue"),
    ("dbg!", |_| false, "it is for debugging"),
    ("println!", |_| false, "write to the terminal where it can fail: cli::say"),
];

/// Where a line stands.
struct Place<'a> {
    /// `src/room/…`
    file: &'a str,
    room: &'a str,
}

impl<'a> Place<'a> {
    fn of(file: &'a str) -> Self {
        let inside = file.strip_prefix("src/").unwrap_or(file);
        let room = inside.split(['/', '.']).next().unwrap_or(inside);
        Self { file, room }
    }

    fn is_in(&self, rooms: &[&str]) -> bool {
        rooms.contains(&self.room)
    }
}

/// Everything that is wrong with a file of `src/`.
fn check_source(file: &str, text: &str) -> Vec<String> {
    let place = Place::of(file);
    let mut problems = check_shape(file, text);
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    if stem == "tests" || stem.ends_with("_tests") {
        return problems; // Unit tests in a file of their own may use what they like.
    }
    if place.room != "lib" && !ROOMS.iter().any(|(room, _)| *room == place.room) {
        problems.push(format!("{file}:1: {} is no room of the table", place.room));
    }
    if BROWSER_ONLY.iter().any(|folder| file.starts_with(folder))
        && let Some(line) = text.lines().position(|line| line.trim() == "#[cfg(test)]")
    {
        problems.push(format!(
            "{file}:{}: unit tests are not run here: this compiles for the browser only",
            line + 1
        ));
    }
    let depth = file.matches('/').count();
    for (number, line) in code(text) {
        let at = |problem: String| format!("{file}:{number}: {problem}");
        for room in rooms_named(&line) {
            if !may_import(place.room, &room) {
                problems.push(at(format!("{} may not import {room}", place.room)));
            }
        }
        // `super` more often than there are folders to leave would get out of the room and past the table.
        let ups = line.matches("super::").count();
        if line.contains("super::super::") && ups >= depth {
            problems.push(at("`super::super` leaves the room: write `crate::`".into()));
        }
        for (word, allowed, why) in BANS {
            if has_word(&line, word) && !allowed(&place) {
                problems.push(at(format!("`{word}`: {why}")));
            }
        }
    }
    problems
}

/// What holds for every Rust file, tests included.
fn check_shape(file: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if !text.starts_with("//! ") {
        problems.push(format!("{file}:1: a file opens with `//!` and says what it is for"));
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        problems.push(format!("{file}:{lines}: {lines} lines are more than {MOST_LINES}"));
    }
    problems
}

fn may_import(from: &str, to: &str) -> bool {
    // `crate::Something` that is no room is an item of lib.rs itself.
    let is_room = ROOMS.iter().any(|(room, _)| *room == to);
    let allowed = ROOMS.iter().find(|(room, _)| *room == from).map(|(_, allowed)| *allowed);
    !is_room || from == to || from == "lib" || allowed.is_some_and(|allowed| allowed.contains(&to))
}

/// The first names after each `crate::` (or the crate's own name, as main.rs says it), groups included.
fn rooms_named(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for prefix in ["crate::", "credence::"] {
        for (place, _) in line.match_indices(prefix) {
            if place > 0 && line[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                continue;
            }
            let rest = &line[place + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(top_names(group)),
                None => found.extend(first_name(rest)),
            }
        }
    }
    found
}

fn first_name(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The names at the top level of `a::B, c::{D, E}, f}`.
fn top_names(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut names) = (0_u32, 0, Vec::new());
    for (place, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.extend(first_name(group[start..place].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.extend(first_name(group[start..place].trim_start()));
                start = place + 1;
            }
            _ => {}
        }
    }
    names
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        let after = line[place + word.len()..].chars().next();
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let (open_left, open_right) =
            (word.starts_with(char::is_alphabetic), word.ends_with(char::is_alphanumeric));
        !(open_left && part(before) || open_right && part(after))
    })
}

/// The code of a file, line by line with its number: without the tests at its end, without comments and strings, and
/// with a `use` that spans lines joined to its first.
fn code(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open_use = false;
    let all: Vec<&str> = text.lines().collect();
    for (index, line) in all.iter().enumerate() {
        let tests_follow = all.get(index + 1).is_some_and(|next| next.starts_with("mod tests"));
        if line.trim_start().starts_with("#[cfg(test)]") && tests_follow {
            break;
        }
        let marked = ["TODO", "FIXME"].iter().find(|word| has_word(line, word));
        let line = without_strings(line);
        let bare = line.split("//").next().unwrap_or("").trim_end().to_owned();
        let bare = marked.map_or(bare.clone(), |word| format!("{bare} {word}"));
        let begins_use = ["use ", "pub use ", "pub(super) use ", "pub(crate) use "];
        let begins_use = begins_use.iter().any(|start| bare.trim_start().starts_with(start));
        match lines.last_mut() {
            Some((_, joined)) if open_use => {
                joined.push(' ');
                joined.push_str(bare.trim_start());
            }
            _ => lines.push((index + 1, bare.clone())),
        }
        open_use = (open_use || begins_use) && !bare.ends_with(';');
    }
    lines
}

/// A line with the content of its string literals taken out.
fn without_strings(line: &str) -> String {
    let (mut kept, mut inside, mut escaped) = (String::new(), false, false);
    for character in line.replace("'\"'", "' '").chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => {
                inside = !inside;
                kept.push('"');
            }
            _ if inside => {}
            _ => kept.push(character),
        }
    }
    kept
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn check_folder(folder: &str, check: fn(&str, &str) -> Vec<String>) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rust_files(&root.join(folder));
    let mut problems = Vec::new();
    for path in &files {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        problems.extend(check(&name, &std::fs::read_to_string(path).unwrap()));
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    files.len()
}

#[test]
fn the_sources_keep_the_house_rules() {
    assert!(check_folder("src", check_source) > 30, "the sources are elsewhere");
}

#[test]
fn the_tests_keep_the_house_rules() {
    assert!(check_folder("tests", check_shape) > 5, "the tests are elsewhere");
    check_folder("examples", check_shape);
}

#[test]
fn the_table_has_no_circle() {
    // Rooms stand in an order in which each imports only what stands before it.
    for (place, (room, allowed)) in ROOMS.iter().enumerate() {
        for import in *allowed {
            assert!(ROOMS[..place].iter().any(|(earlier, _)| earlier == import), "{room} → {import}");
        }
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    // A file, a snippet, and the line and a word of the one complaint; none if all is well.
    let table: [(&str, &str, Option<(usize, &str)>); 35] = [
        ("src/belief/sizing.rs", "use crate::market::Order;", None),
        ("src/belief/sizing.rs", "use crate::run::Run;", Some((2, "belief may not import run"))),
        ("src/market/lmsr.rs", "fn f() -> crate::prng::Seed {}", Some((2, "market may not import prng"))),
        ("src/prng.rs", "use crate::market::math;", Some((2, "prng may not import market"))),
        ("src/run/step.rs", "use crate::{market::Order, web::fetch};", Some((2, "run may not import web"))),
        (
            "src/run/step.rs",
            "use crate::{\n    market::{Order, Quote},\n    agents,\n};",
            Some((2, "run may not import agents")),
        ),
        ("src/run/step.rs", "pub(crate) use crate::session::x;", Some((2, "run may not import session"))),
        ("src/session/ask.rs", "use crate::share::link;", Some((2, "session may not import share"))),
        ("src/main.rs", "use credence::ui::App;", None),
        ("src/main.rs", "use credence::market::Order;", Some((2, "main may not import market"))),
        ("src/lib.rs", "pub use crate::run::Run;", None),
        ("src/run/step.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::web::x;\n}", None),
        ("src/run/step_tests.rs", "use crate::web::x;", None),
        ("src/ui/pages/ask.rs", "fn f() {}\n#[cfg(test)]\nmod tests {}", Some((3, "unit tests are not run"))),
        ("src/ui/draft.rs", "fn f() {}\n#[cfg(test)]\nmod tests {}", None),
        ("src/run/step.rs", "// use crate::web::x;", None),
        ("src/run/step.rs", "let text = \"crate::web::x\";", None),
        ("src/run/step.rs", "use super::state::RunState;", None),
        ("src/run/step.rs", "use super::super::market::Order;", Some((2, "leaves the room"))),
        ("src/ui/panels/chart.rs", "use super::super::feed::Feed;", None),
        ("src/ui/panels/chart.rs", "use super::super::super::run::Run;", Some((2, "leaves the room"))),
        ("src/cellar/wine.rs", "fn f() {}", Some((1, "cellar is no room"))),
        ("src/run/step.rs", "use std::collections::HashMap;", Some((2, "HashMap"))),
        ("src/ui/feed.rs", "use std::collections::HashMap;", None),
        ("src/session/ask.rs", "let x = web_sys::window();", Some((2, "web_sys"))),
        ("src/cli/ask.rs", "use crate::ui::App;", Some((2, "cli may not import ui"))),
        ("src/session/ask.rs", "let x = std::fs::read(y);", Some((2, "files are"))),
        ("src/web/fetch.rs", "use leptos::prelude::*;", Some((2, "leptos"))),
        ("src/belief/targets.rs", "let y = x.ln();", Some((2, ".ln()"))),
        ("src/market/math.rs", "let y = libm::log(x);", None),
        ("src/aggregate/scores.rs", "let y = libm::log(x);", Some((2, "libm"))),
        ("src/run/step.rs", "fn f() {} // TODO: more", Some((2, "TODO"))),
        ("src/run/step.rs", "dbg!(x);", Some((2, "dbg!"))),
        ("src/run/step.rs", "async fn f() {}", Some((2, "async fn"))),
        ("src/run/step.rs", "let instantly = Instantly;", None),
    ];
    for (file, snippet, expected) in table {
        let problems = check_source(file, &format!("//! A file.\n{snippet}\n"));
        match expected {
            None => assert!(problems.is_empty(), "{file}: {snippet}: {problems:?}"),
            Some((line, word)) => {
                assert_eq!(problems.len(), 1, "{file}: {snippet}: {problems:?}");
                let start = format!("{file}:{line}: ");
                assert!(problems[0].starts_with(&start) && problems[0].contains(word), "{problems:?}");
            }
        }
    }
    assert_eq!(check_shape("x.rs", "fn f() {}\n").len(), 1, "no word of what it is for");
    assert_eq!(check_shape("x.rs", &format!("//! Long.\n{}", "\n".repeat(MOST_LINES))).len(), 1, "too long");
}
