//! THE ONLY ROOM THAT TOUCHES THE BROWSER: tasks, frames, the clock, the page's address and title. It decides nothing
//! about runs.

pub mod assets;
pub mod canvas;
pub mod clock;
mod database;
pub mod evaluation_store;
pub mod keys;
pub mod lab;
pub mod llm_client;
pub mod on_device;
pub mod page;
pub mod reach;
pub mod reply_store;
pub mod run_lock;
pub mod run_store;
pub mod save;
pub mod sign_in;
pub mod space;
pub mod storage;
pub mod tabs;
pub mod task;
pub mod theme;
pub mod tone;
pub mod vault;

pub use clock::PageClock;
pub use database::StoreError;
pub use task::{Slice, in_slices, next_frame, next_task, sleep, spawn};
