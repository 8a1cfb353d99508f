//! `duikan serve`, run in a folder and asked over a socket, as a browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Nothing that is waited for here takes so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at what is shown.
const STEP: Duration = Duration::from_millis(10);

/// Whether a page shows a text that is not held against the others yet.
pub fn waits(page: &str) -> bool {
    page.contains("role=\"status\">正在")
}

/// A preview that runs until it is stopped or dropped.
pub struct Preview {
    child: Child,
    /// `127.0.0.1:3000`
    pub host: String,
}

impl Preview {
    /// Starts the preview of a project and waits for its address.
    pub fn of(project: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duikan"));
        command.arg("serve").current_dir(project).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect(&line).to_owned();
        Self { child, host }
    }

    /// Sends a request as it stands and gives the answer with its head.
    pub fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host))
    }

    /// Waits until a page is shown that is as wanted, and tells how long that took.
    pub fn wait(&self, path: &str, is_wanted: impl Fn(&str) -> bool) -> Duration {
        let start = Instant::now();
        loop {
            let page = self.get(path);
            if is_wanted(&page) {
                return start.elapsed();
            }
            assert!(start.elapsed() < PATIENCE, "{path} still shows\n{page}");
            std::thread::sleep(STEP);
        }
    }

    /// Presses Ctrl-C.
    pub fn stop(mut self) -> ExitStatus {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
