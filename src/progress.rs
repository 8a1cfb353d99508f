//! Progress of long work: bars on a terminal, plain lines in a log, silence with `-q`.
//!
//! ```text
//! terminal   repairing  ████████████████────────  6712/10000
//! log        repairing 6712/10000
//! timings    repairing              1.92 s       3.71 s
//! ```

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rustix::time::{ClockId, clock_gettime};

/// What a log reads between two lines of one stage; work that ends sooner is not told at all.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where progress is told. The default is silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    #[default]
    Silent,
    /// Lines for a log, only for work that takes a while.
    Lines,
    /// A bar on the terminal that is gone when the stage is.
    Bars,
    /// What each stage took, when it ends: by the clock, and of all processors.
    Timings,
}

impl Progress {
    /// Bars where standard error is a terminal, lines where it is not.
    #[must_use]
    pub fn on_stderr() -> Self {
        if std::io::stderr().is_terminal() { Self::Bars } else { Self::Lines }
    }

    /// Does one piece of work whose steps nobody counts.
    pub fn during<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let stage = self.stage(name, 0);
        let made = work();
        drop(stage);
        made
    }

    /// Begins a stage of `total` steps.
    #[must_use]
    pub fn stage(&self, name: &'static str, total: usize) -> Stage {
        let total = total as u64;
        let teller = match self {
            Self::Lines => Teller::Lines { done: AtomicU64::new(0), told: Mutex::new(Instant::now()) },
            Self::Bars if total > 0 => Teller::Bar(bar(name, total)),
            Self::Silent | Self::Bars => Teller::Silent,
            Self::Timings => Teller::Timer { began: Instant::now(), spent: spent() },
        };
        Stage { name, total, teller }
    }
}

/// A stage under way; steps may be reported from any thread. It ends when it is dropped.
#[derive(Debug)]
pub struct Stage {
    name: &'static str,
    total: u64,
    teller: Teller,
}

#[derive(Debug)]
enum Teller {
    Silent,
    Lines { done: AtomicU64, told: Mutex<Instant> },
    Bar(ProgressBar),
    Timer { began: Instant, spent: Duration },
}

impl Stage {
    /// One more step is done.
    pub fn step(&self) {
        match &self.teller {
            Teller::Silent | Teller::Timer { .. } => {}
            Teller::Bar(bar) => bar.inc(1),
            Teller::Lines { done, told } => {
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                // A thread that finds the lock taken leaves the telling to the one that holds it.
                if let Ok(mut told) = told.try_lock()
                    && told.elapsed() >= PATIENCE
                {
                    *told = Instant::now();
                    // Progress that cannot be told, because the reader has gone, must not stop the work.
                    let _ = writeln!(std::io::stderr().lock(), "{} {done}/{}", self.name, self.total);
                }
            }
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        match &self.teller {
            Teller::Silent | Teller::Lines { .. } => {}
            Teller::Bar(bar) => bar.finish_and_clear(),
            Teller::Timer { began, spent: before } => {
                let (took, spent) = (began.elapsed().as_secs_f64(), spent().saturating_sub(*before).as_secs_f64());
                let _ = writeln!(std::io::stderr().lock(), "{:<22}{took:8.3} s {spent:8.3} s", self.name);
            }
        }
    }
}

/// What all processors have spent on this process so far.
fn spent() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or(0);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), nanoseconds)
}

fn bar(name: &'static str, total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:<10} {bar:24} {human_pos}/{human_len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("█▌─");
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(10)).with_style(style);
    bar.with_message(name)
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn a_stage_counts_from_many_threads_in_every_manner() {
        for progress in [Progress::Silent, Progress::Lines, Progress::Bars, Progress::Timings] {
            let stage = progress.stage("reading", 200);
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| (0..100).for_each(|_| stage.step()));
                }
            });
            if let super::Teller::Lines { done, .. } = &stage.teller {
                assert_eq!(done.load(std::sync::atomic::Ordering::Relaxed), 200);
            }
        }
    }
}
