//! What must hold of every page, and snapshots of small ones.

use crate::config::Ui;
use crate::model::{Edition, OutFile};

use super::{Site, fixture};

fn site_files(edition: &Edition) -> Vec<OutFile> {
    let site = Site::new(edition, None).unwrap();
    site.pages().iter().map(|page| site.page(page).unwrap()).collect()
}

#[test]
fn every_page_renders() {
    for ui in [Ui::Zh, Ui::En] {
        let edition = fixture::edition(ui);
        let files = site_files(&edition);
        if let Ok(folder) = std::env::var("DUIKAN_LOOK") {
            let site = Site::new(&edition, None).unwrap();
            for file in files.iter().chain(&site.assets()) {
                let path = std::path::Path::new(&folder).join(format!("{ui:?}")).join(&file.path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, &file.bytes).unwrap();
            }
        }
        assert!(files.len() > 10);
    }
}
