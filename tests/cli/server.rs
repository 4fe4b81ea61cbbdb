//! A model server for the tests of the native program: Chat Completions over plain sockets, answered by the name of the
//! model, with every call written down.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub model: String,
    pub authorization: Option<String>,
    pub body: Value,
}

/// What a call is answered with.
pub enum Reply {
    /// A whole reply.
    Whole(String),
    /// The same as a stream, one word a chunk.
    Stream(String),
    /// A stream that breaks off after its first words.
    Cut(String),
    /// An error with headers of its own.
    Error(u16, String, Vec<(&'static str, String)>),
}

/// The server: it lives as long as the test program.
#[derive(Clone)]
pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts it; `decide` gets the call and how many came for its model before.
    pub fn start(decide: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), asked: Arc::default() };
        let (asked, decide) = (Arc::clone(&server.asked), Arc::new(decide));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (asked, decide) = (Arc::clone(&asked), Arc::clone(&decide));
                // A client that hangs up in the middle is what some tests want.
                std::thread::spawn(move || serve(&stream, &asked, &*decide));
            }
        });
        server
    }

    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// The variable that holds its key.
    pub fn variable(&self) -> String {
        format!("CREDENCE_KEY_127_0_0_1_{}", self.port)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: &TcpStream,
    asked: &Mutex<Vec<Asked>>,
    decide: &dyn Fn(&Asked, usize) -> Reply,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    let body: Value = serde_json::from_slice(&body).ok()?;
    let model = body["model"].as_str()?.to_owned();
    let call = Asked { model, authorization: headers.get("authorization").cloned(), body };
    let nth = {
        let mut asked = asked.lock().unwrap();
        let nth = asked.iter().filter(|earlier| earlier.model == call.model).count();
        asked.push(call.clone());
        nth
    };
    answer(&mut stream, decide(&call, nth)).ok()
}

fn answer(stream: &mut &TcpStream, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Whole(text) => {
            let choice = json!({"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"});
            let usage = json!({"prompt_tokens": 400, "completion_tokens": 60});
            plain(stream, 200, &[], &json!({"choices": [choice], "usage": usage}).to_string())
        }
        Reply::Stream(text) => {
            begin_stream(stream)?;
            for word in text.split_inclusive(' ') {
                chunk(stream, &json!({"choices": [{"index": 0, "delta": {"content": word}}]}))?;
            }
            chunk(stream, &json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}))?;
            chunk(stream, &json!({"choices": [], "usage": {"prompt_tokens": 400, "completion_tokens": 60}}))?;
            piece(stream, "data: [DONE]\n\n")?;
            stream.write_all(b"0\r\n\r\n")
        }
        Reply::Cut(text) => {
            begin_stream(stream)?;
            let words = text.split(' ').next().unwrap_or_default();
            chunk(stream, &json!({"choices": [{"index": 0, "delta": {"content": words}}]}))
        }
        Reply::Error(status, message, headers) => {
            plain(stream, status, &headers, &json!({"error": {"message": message}}).to_string())
        }
    }
}

fn plain(
    stream: &mut &TcpStream,
    status: u16,
    headers: &[(&str, String)],
    body: &str,
) -> std::io::Result<()> {
    let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let headers = headers.concat();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn begin_stream(stream: &mut &TcpStream) -> std::io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n",
    )
}

fn chunk(stream: &mut &TcpStream, value: &Value) -> std::io::Result<()> {
    piece(stream, &format!("data: {value}\n\n"))
}

fn piece(stream: &mut &TcpStream, text: &str) -> std::io::Result<()> {
    write!(stream, "{:x}\r\n{text}\r\n", text.len())
}
