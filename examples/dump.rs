fn main() {
    let p = duikan::progress::Progress::default();
    let dir = std::env::args().nth(1).unwrap();
    let verbose = std::env::args().nth(2).is_some();
    let seeds = duikan::read::read(dir.as_ref(), &Default::default(), &p).unwrap();
    let e = duikan::edition::edition(Default::default(), seeds, &p);
    let mut seed = usize::MAX;
    for a in &e.articles {
        if a.seed != seed {
            seed = a.seed;
            println!("==== {}", e.sources[seed].path);
        }
        println!(
            "{} {:?} {:.2} | {}{} | sub {:?} | by {:?} sp {:?} | {:?} {:?} {:?} | {:?} {} paras",
            a.id,
            a.kind.value,
            a.kind.confidence,
            if a.title_inferred { "~" } else { "" },
            a.title.value.text,
            a.subtitle.as_ref().map(|s| &s.text),
            a.byline.as_ref().map(|s| &s.text),
            a.speaker,
            a.agency,
            a.place,
            a.date.as_ref().map(|d| (d.value.year, d.value.month, d.value.day, d.value.year_inferred)),
            a.lines,
            a.paragraphs.len()
        );
        if let Some(c) = &a.continues {
            println!("    cont {c:?}");
        }
        if verbose {
            for p in &a.paragraphs {
                println!("   {} {:?} {}", p.n, p.role, p.text);
            }
        } else {
            for p in &a.paragraphs {
                if p.role != duikan::model::Role::Body {
                    println!("   {} {:?} {}", p.n, p.role, p.text);
                }
            }
        }
    }
    for f in &e.furniture {
        println!("FURN {} {:?} {}", e.sources[f.seed].path, f.reason.code, f.text);
    }
    for d in &e.diagnostics {
        println!("DIAG {} {:?} {}", d.code, d.span.as_ref().map(|s| (&s.file, s.line)), d.message);
    }
}
