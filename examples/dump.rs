fn main() {
    let p = duikan::progress::Progress::default();
    let dir = std::env::args().nth(1).unwrap();
    let seeds = duikan::read::read(dir.as_ref(), &Default::default(), &p).unwrap().value;
    for s in &seeds.sources {
        println!("==== {}", s.path);
        let t = std::time::Instant::now();
        let r = duikan::repair::repair(s);
        let el = t.elapsed();
        for b in &r.blocks {
            let ls: Vec<u32> = b.lines.iter().map(|&i| r.lines[i].number).collect();
            let text: String = b.lines.iter().map(|&i| r.lines[i].text.as_str()).collect();
            let m = r.measures[b.lines[0]];
            println!(
                "{} {:?} c{:.2} m{}/{:.1} [{}-{}]{} {}",
                if b.head { "HEAD" } else { "para" },
                (),
                b.confidence,
                m.width as f32 / 4.0,
                m.trust,
                ls[0],
                ls[ls.len() - 1],
                if ls.len() as u32 != ls[ls.len() - 1] - ls[0] + 1 { "*" } else { "" },
                text
            );
        }
        println!("time {el:?}");
    }
}
