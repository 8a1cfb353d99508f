//! Every door takes anything: a short run, with the pieces that rules look at, of what the fuzz targets try for hours.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "it/account.rs"]
mod account;
#[path = "common/collated.rs"]
mod collated;
#[path = "common/doors.rs"]
mod doors;
#[path = "common/hostile.rs"]
mod hostile;
#[path = "common/planted.rs"]
mod planted;
#[path = "common/reading.rs"]
mod reading;
#[path = "common/witnesses.rs"]
mod witnesses;

use planted::Random;

const ROUNDS: u64 = 24;

/// Print, settings, a lock, front matter, findings of an engine: what each door is used to.
const BEGINNINGS: [&str; 6] = [
    "　　新华社北京7月4日电 各方强调，应当尊重各国人民自主\n选择发展道路的权利。\n共同发展\n",
    "title = \"对勘\"\n[folds]\nscript = true\n[[article]]\nlines = [[1, 2]]\nkind = \"report\"\n",
    "# 宣言\n\n---\ntitle: 宣言\ndate: 2024-07-04\n---\n各方强调，`甲\n乙`。\n\n> *引文*\n",
    "{\"a\":\"3f9a1c20d4e5b6a7\",\"b\":\"81ef75bec1540437\"}\n{\"clauses\":3164,\"formulae\":12}\n",
    "duikan-lock 1\nseeds seeds\n",
    "[上合](javascript:alert(1)) <svg onload=x> ![图](x.png)\n",
];

#[test]
fn every_door_takes_anything() {
    for (name, door) in doors::DOORS {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let texts: String = (0..random.between(1, 3)).map(|_| random.pick(&BEGINNINGS)).collect();
            let mut bytes = hostile::spoil(&mut random, &texts);
            for _ in 0..random.below(4) {
                let at = random.below(bytes.len());
                bytes.insert(at, u8::try_from(random.below(256)).unwrap());
            }
            if random.chance(50) {
                bytes.insert(random.below(bytes.len()), b'\x0c');
            }
            println!("{name} {seed}");
            door(&bytes);
        }
        door(b"");
    }
}
