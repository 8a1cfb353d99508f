//! The edition that is shown: one thread owns it and renders the page that is asked for.
//!
//! ```text
//! 存盘 ─▶ what was saved ─▶ its pages stand before those of the last edition until there is a new one
//!      ─▶ a new edition ─▶ shown, every open page reloads
//!      ─▶ one that cannot be shown ─▶ the cause is shown; the last good edition stays for who asks for it
//! ```

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use anyhow::Result;
use hyper::StatusCode;
use tokio::sync::{oneshot, watch};

use super::{News, page};
use crate::model::{Edition, OutFile};
use crate::render::{Page, Site};
use crate::{shard, web};

/// What the thread is told.
pub(super) enum Message {
    Show(News),
    Ask(Question, oneshot::Sender<Answer>),
}

/// A path below the root, and whether a fault is to be overlooked.
pub(super) struct Question {
    pub path: String,
    pub last_good: bool,
}

pub(super) struct Answer {
    pub status: StatusCode,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// What the thread keeps beside the edition.
pub(super) struct Preview {
    pub inbox: Receiver<Message>,
    /// The folder whose templates and static files overrule ours.
    pub folder: PathBuf,
    /// Counts what was shown.
    pub shown: watch::Sender<u64>,
    pub fault: Option<String>,
    /// Pages of what was just saved, by their path.
    pub saved: HashMap<String, Vec<u8>>,
}

impl Preview {
    /// Answers until nobody can ask any more.
    pub fn run(mut self) {
        let mut edition: Option<Box<Edition>> = None;
        loop {
            let shown = edition.as_deref().and_then(|edition| {
                Shown::new(edition, &self.folder).map_err(|error| self.fault = Some(format!("{error:#}"))).ok()
            });
            self.shown.send_modify(|count| *count += 1);
            match self.answer(shown.as_ref()) {
                Some(next) => edition = Some(next),
                None => return,
            }
        }
    }

    /// Answers from this edition until there is another that can be shown.
    fn answer(&mut self, shown: Option<&Shown<'_>>) -> Option<Box<Edition>> {
        loop {
            match self.inbox.recv().ok()? {
                // Who asked may have gone.
                Message::Ask(question, reply) => drop(reply.send(self.reply(shown, &question))),
                Message::Show(News::Fault(cause)) => self.fail(cause),
                Message::Show(News::Saved(saved)) => self.saved(&saved),
                Message::Show(News::All(next)) => match Site::new(&next, Some(&self.folder)) {
                    Ok(_) => {
                        self.fault = None;
                        self.saved.clear();
                        return Some(next);
                    }
                    Err(error) => self.fail(format!("{error:#}")),
                },
            }
        }
    }

    /// Shows the pages of some texts before anything is known of what they share with others.
    fn saved(&mut self, edition: &Edition) {
        // What is wrong with them is told when the whole edition is made.
        let Ok(site) = Site::new(edition, Some(&self.folder)) else { return };
        let own = site.pages().into_iter().filter(|page| matches!(page, Page::Article(_) | Page::Source(..)));
        self.saved = own.filter_map(|page| site.page(&page).ok()).map(|file| (file.path, file.bytes)).collect();
        self.shown.send_modify(|count| *count += 1);
    }

    fn fail(&mut self, cause: String) {
        self.fault = Some(cause);
        self.shown.send_modify(|count| *count += 1);
    }

    fn reply(&self, shown: Option<&Shown<'_>>, question: &Question) -> Answer {
        let wanted = if question.path.is_empty() || question.path.ends_with('/') {
            format!("{}index.html", question.path)
        } else {
            question.path.clone()
        };
        let is_page = Path::new(&wanted).extension().is_some_and(|extension| extension == "html");
        let stopped = |status, title, cause: &str| Answer {
            status,
            media_type: page::media_type(".html"),
            bytes: page::fault(title, cause, shown.is_some()),
        };
        if let Some(cause) = self.fault.as_ref().filter(|_| is_page && !question.last_good) {
            return stopped(StatusCode::INTERNAL_SERVER_ERROR, "预览暂停 · The preview waits", cause);
        }
        let Some(shown) = shown else {
            return stopped(StatusCode::SERVICE_UNAVAILABLE, "正在准备 · In preparation", "…");
        };
        // What stands beside a fault may be what is at fault.
        if let Some(bytes) = self.saved.get(&wanted).filter(|_| self.fault.is_none()) {
            let bytes = page::live(page::waiting(bytes.clone()));
            return Answer { status: StatusCode::OK, media_type: page::media_type(&wanted), bytes };
        }
        match shown.file(&wanted) {
            Ok(Some(bytes)) => Answer {
                status: StatusCode::OK,
                media_type: page::media_type(&wanted),
                bytes: if is_page { page::live(bytes) } else { bytes },
            },
            Ok(None) => stopped(StatusCode::NOT_FOUND, "无此页 · No such page", &wanted),
            Err(error) => {
                let cause = format!("{error:#}");
                stopped(StatusCode::INTERNAL_SERVER_ERROR, "此页有误 · This page cannot be shown", &cause)
            }
        }
    }
}

/// An edition with its templates, and the list of its pages.
struct Shown<'e> {
    site: Site<'e>,
    pages: HashMap<String, Page>,
    /// What is no page, made when it is first asked for.
    others: OnceCell<HashMap<String, Vec<u8>>>,
}

impl<'e> Shown<'e> {
    fn new(edition: &'e Edition, folder: &Path) -> Result<Self> {
        let site = Site::new(edition, Some(folder))?;
        let pages = site.pages().into_iter().map(|page| (page.path(&site), page)).collect();
        Ok(Self { site, pages, others: OnceCell::new() })
    }

    fn file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        if let Some(page) = self.pages.get(path) {
            return Ok(Some(self.site.page(page)?.bytes));
        }
        if self.others.get().is_none() {
            let mut others = HashMap::new();
            let mut add = |file: OutFile| {
                others.insert(file.path, file.bytes);
                Ok(())
            };
            self.site.assets().into_iter().try_for_each(&mut add)?;
            shard::shards(self.site.edition, &mut add)?;
            web::files(&self.site, &mut add)?;
            drop(self.others.set(others));
        }
        Ok(self.others.get().and_then(|others| others.get(path).cloned()))
    }
}
