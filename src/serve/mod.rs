//! `duikan serve`: a preview in the browser that follows every save. It writes nothing and deletes nothing.
//!
//! ```text
//! 存盘 seeds/要闻.txt ─▶ read, repaired by itself         ─▶ http://127.0.0.1:3000/a/….html reloads: its words
//!                    ─▶ held against the whole corpus   ─▶ it reloads again: what others share with it
//! ```
//!
//! Three threads: one answers browsers, one owns the edition and renders ([`preview`]), one makes the next edition when a
//! file changes. Pages are found in the edition's list and rendered from memory, so no request can reach the disk.

mod guard;
mod page;
mod preview;

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, new_debouncer};
use tokio::sync::{Semaphore, oneshot, watch};

use crate::model::Edition;
use preview::{Answer, Message, Preview, Question};

/// Ports that are tried one after the other when none is asked for.
const PORTS: std::ops::Range<u16> = 3000..3020;
/// A browser that says nothing for so long is not waited for; nor is one that takes so long to hear an answer.
const HEADERS: Duration = Duration::from_secs(10);
const CONNECTION: Duration = Duration::from_secs(300);
/// So long a question for changes is held.
const HOLD: Duration = Duration::from_secs(25);
const CONNECTIONS: usize = 128;
/// What beside the seeds an edition is made from, in the folder of the settings.
const OWN: [&str; 3] = ["duikan.toml", "templates", "static"];
/// Editors save in several steps: what comes within this time is one change.
const SETTLE: Duration = Duration::from_millis(60);

/// What is served, and what is watched.
#[derive(Clone, Debug)]
pub struct Options {
    pub port: Option<u16>,
    /// The folder of `duikan.toml`, `templates/` and `static/`.
    pub folder: PathBuf,
    pub seeds: PathBuf,
}

/// What is new to be shown.
#[derive(Debug)]
pub enum News {
    /// The texts that were saved, by themselves: what they share with others is not known yet.
    Saved(Box<Edition>),
    All(Box<Edition>),
    /// Nothing, for this reason.
    Fault(String),
}

/// Serves until Ctrl-C what `load` makes and tells, at first and after every change. `ready` is told the address.
pub fn serve(
    options: &Options,
    mut load: impl FnMut(&mut dyn FnMut(News)) + Send + 'static,
    ready: impl FnOnce(&str),
) -> Result<()> {
    let listener = listen(options.port)?;
    let port = listener.local_addr().context("the address of the preview")?.port();
    let (asks, inbox) = mpsc::channel();
    let (shown, version) = watch::channel(0);
    let preview = Preview { inbox, folder: options.folder.clone(), shown, fault: None, saved: HashMap::new() };
    std::thread::Builder::new().name("preview".to_owned()).spawn(move || preview.run()).context("a thread")?;
    let (changed, changes) = mpsc::channel();
    let _watcher = watch_files(options, changed)?;
    let made = asks.clone();
    std::thread::Builder::new()
        .name("edition".to_owned())
        .spawn(move || follow(&mut load, &changes, &made))
        .context("a thread")?;
    ready(&format!("http://127.0.0.1:{port}/"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let server = Arc::new(Server { asks, version, port });
    let served = runtime.block_on(async {
        tokio::select! {
            done = accept(listener, server) => done,
            stop = tokio::signal::ctrl_c() => stop.context("Ctrl-C"),
        }
    });
    // Open connections and a half-made edition are dropped where they are: nothing of theirs is on the disk.
    runtime.shutdown_background();
    served
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let ports = port.map_or(PORTS, |port| port..port.saturating_add(1));
    let mut last = None;
    for port in ports {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    let error = last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(error).with_context(|| format!("port {} of this machine", port.unwrap_or(PORTS.start)))
}

/// Tells of every change to what an edition is made from.
fn watch_files(options: &Options, changed: Sender<()>) -> Result<impl Sized + use<>> {
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().with_context(|| path.display().to_string())
    };
    let (folder, seeds) = (real(&options.folder)?, real(&options.seeds)?);
    let top = folder.clone();
    let told = move |events: DebounceEventResult| {
        // That a file was read, as every edition does, is no change; nor is the lock or a site beside the settings.
        let matters = |path: &PathBuf| path.parent() != Some(&top) || OWN.iter().any(|name| path.ends_with(name));
        let change =
            |event: &DebouncedEvent| !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(matters);
        if events.map_or(true, |events| events.iter().any(change)) {
            let _ = changed.send(());
        }
    };
    let mut watcher = new_debouncer(SETTLE, None, told).context("watching files")?;
    let own = ["templates", "static"].map(|name| (folder.join(name), RecursiveMode::Recursive));
    let given = [(seeds, RecursiveMode::Recursive), (folder, RecursiveMode::NonRecursive)];
    for (path, mode) in given.into_iter().chain(own).filter(|(path, _)| path.exists()) {
        watcher.watch(&path, mode).with_context(|| format!("watching {}", path.display()))?;
    }
    Ok(watcher)
}

/// Makes an edition, and another after every change.
fn follow(load: &mut impl FnMut(&mut dyn FnMut(News)), changes: &Receiver<()>, made: &Sender<Message>) {
    // Where nobody can ask any more, the program ends.
    let mut tell = |news| drop(made.send(Message::Show(news)));
    loop {
        // A defect of ours must not end the preview in silence.
        if catch_unwind(AssertUnwindSafe(|| load(&mut tell))).is_err() {
            tell(News::Fault("duikan has met a defect of its own; the terminal tells where".to_owned()));
        }
        if changes.recv().is_err() {
            return;
        }
        while changes.try_recv().is_ok() {}
    }
}

/// What every connection shares.
struct Server {
    asks: Sender<Message>,
    version: watch::Receiver<u64>,
    port: u16,
}

async fn accept(listener: TcpListener, server: Arc<Server>) -> Result<()> {
    listener.set_nonblocking(true).context("the port of the preview")?;
    let listener = tokio::net::TcpListener::from_std(listener).context("the port of the preview")?;
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let permit = Arc::clone(&room).acquire_owned().await.context("the port of the preview")?;
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, say: others will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let answer = service_fn(move |request| {
                let server = Arc::clone(&server);
                async move { Ok::<_, Infallible>(server.answer(request).await) }
            });
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(64 << 10);
            // A browser that breaks off, or sends what is no request, is its own affair.
            drop(tokio::time::timeout(CONNECTION, http.serve_connection(TokioIo::new(stream), answer)).await);
            drop(permit);
        });
    }
}

impl Server {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (method, uri) = (request.method(), request.uri());
        let answer = match guard::path(method, uri, request.headers(), self.port) {
            Err((status, why)) => Answer { status, media_type: page::media_type(".txt"), bytes: why.into() },
            Ok(path) if path == page::SCRIPT_PATH => found(page::media_type(".js"), page::SCRIPT.into()),
            Ok(path) if path == page::EVENTS_PATH => self.events(method).await,
            Ok(path) => {
                let last_good = uri.query() == Some(page::LAST_GOOD);
                self.ask(Question { path, last_good }).await
            }
        };
        let mut response = Response::new(Full::new(Bytes::from(answer.bytes)));
        *response.status_mut() = answer.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        headers.insert("x-frame-options", HeaderValue::from_static("SAMEORIGIN"));
        headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
        if answer.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }

    async fn ask(&self, question: Question) -> Answer {
        let (reply, answer) = oneshot::channel();
        let lost = || Answer {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            media_type: page::media_type(".txt"),
            bytes: "the preview has stopped; start it again".into(),
        };
        match self.asks.send(Message::Ask(question, reply)) {
            Ok(()) => answer.await.unwrap_or_else(|_| lost()),
            Err(_) => lost(),
        }
    }

    /// Tells what is shown: at once, then again when it changes. The browser asks anew after every answer, so an answer
    /// may end where a stream of events would go on.
    async fn events(&self, method: &Method) -> Answer {
        let mut version = self.version.clone();
        let now = *version.borrow_and_update();
        if *method == Method::GET {
            drop(tokio::time::timeout(HOLD, version.changed()).await);
        }
        let then = *version.borrow();
        found("text/event-stream", format!("retry: 100\ndata: {now}\n\ndata: {then}\n\n").into_bytes())
    }
}

fn found(media_type: &'static str, bytes: Vec<u8>) -> Answer {
    Answer { status: StatusCode::OK, media_type, bytes }
}
