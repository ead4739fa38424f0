//! A canister that uses a feature of the system in each of its methods.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use candid::Principal;
use ic_cdk::call::Call;
use ic_cdk_management_canister::{
    HttpRequest, HttpRequestResult, TransformArgs, raw_rand, transform_context_from_query,
};
use ic_stable_structures::memory_manager::{MemoryId, MemoryManager, VirtualMemory};
use ic_stable_structures::{DefaultMemoryImpl, StableBTreeMap, StableCell};

type Memory = VirtualMemory<DefaultMemoryImpl>;

const COUNTER: u8 = 0;
const NOTES: u8 = 1;
const SAVED: u8 = 2;

thread_local! {
    static MEMORY: RefCell<MemoryManager<DefaultMemoryImpl>> =
        RefCell::new(MemoryManager::init(DefaultMemoryImpl::default()));
    static STABLE_COUNTER: RefCell<StableCell<u64, Memory>> =
        RefCell::new(StableCell::init(memory(COUNTER), 0));
    static STABLE_NOTES: RefCell<StableBTreeMap<u64, String, Memory>> =
        RefCell::new(StableBTreeMap::init(memory(NOTES)));
    static VISITS: Cell<u64> = const { Cell::new(0) };
    static FIRED: Cell<u64> = const { Cell::new(0) };
    static BEATS: Cell<u64> = const { Cell::new(0) };
}

fn memory(id: u8) -> Memory {
    MEMORY.with_borrow(|manager| manager.get(MemoryId::new(id)))
}

// What stable memory keeps by itself.

#[ic_cdk::update]
fn increment() -> u64 {
    STABLE_COUNTER.with_borrow_mut(|cell| {
        let next = cell.get() + 1;
        cell.set(next);
        next
    })
}

#[ic_cdk::query]
fn counter() -> u64 {
    STABLE_COUNTER.with_borrow(|cell| *cell.get())
}

#[ic_cdk::update]
fn write_note(key: u64, text: String) -> Option<String> {
    STABLE_NOTES.with_borrow_mut(|notes| notes.insert(key, text))
}

#[ic_cdk::query]
fn read_note(key: u64) -> Option<String> {
    STABLE_NOTES.with_borrow(|notes| notes.get(&key))
}

// What the heap has, which an upgrade carries over by hand.

#[ic_cdk::update]
fn visit() -> u64 {
    VISITS.set(VISITS.get() + 1);
    VISITS.get()
}

#[ic_cdk::pre_upgrade]
fn save() {
    StableCell::new(memory(SAVED), VISITS.get());
}

#[ic_cdk::post_upgrade]
fn load() {
    VISITS.set(*StableCell::init(memory(SAVED), 0u64).get());
}

// Calls to other canisters.

#[ic_cdk::update]
fn accept_cycles(most: u64) -> u64 {
    let accepted = ic_cdk::api::msg_cycles_accept(most.into());
    u64::try_from(accepted).expect("no more than the most")
}

/// What the other canister accepted, and what came back.
#[ic_cdk::update]
async fn send_cycles(to: Principal, cycles: u64, most: u64) -> (u64, u64) {
    let response = Call::unbounded_wait(to, "accept_cycles")
        .with_arg(most)
        .with_cycles(cycles.into())
        .await
        .expect("the call succeeds");
    let refunded = u64::try_from(ic_cdk::api::msg_cycles_refunded()).expect("no more than was sent");
    (response.candid().expect("a number"), refunded)
}

#[ic_cdk::update]
async fn increment_elsewhere(at: Principal, timeout_seconds: u32) -> Result<u64, String> {
    Call::bounded_wait(at, "increment")
        .change_timeout(timeout_seconds)
        .await
        .map_err(|error| error.to_string())?
        .candid()
        .map_err(|error| error.to_string())
}

#[ic_cdk::query(composite = true)]
async fn sum_of_counters(of: Vec<Principal>) -> u64 {
    let mut sum = counter();
    for canister in of {
        let response = Call::bounded_wait(canister, "counter").await.expect("the query succeeds");
        sum += response.candid::<u64>().expect("a number");
    }
    sum
}

// What happens by itself.

#[ic_cdk::update]
fn set_timers(once_after_seconds: u64, every_seconds: u64) {
    ic_cdk_timers::set_timer(Duration::from_secs(once_after_seconds), async {
        FIRED.set(FIRED.get() + 100);
    });
    ic_cdk_timers::set_timer_interval(Duration::from_secs(every_seconds), || async {
        FIRED.set(FIRED.get() + 1);
    });
}

#[ic_cdk::query]
fn fired() -> u64 {
    FIRED.get()
}

#[ic_cdk::heartbeat]
fn heartbeat() {
    BEATS.set(BEATS.get() + 1);
}

#[ic_cdk::query]
fn beats() -> u64 {
    BEATS.get()
}

// What the management canister does.

#[ic_cdk::update]
async fn fetch(url: String) -> (u64, String) {
    let response = HttpRequest::new(url)
        .with_max_response_bytes(10_000)
        .with_transform(transform_context_from_query("shout".to_string(), b"!".to_vec()))
        .send()
        .await
        .expect("an answer");
    let status = u64::try_from(response.status.0).expect("a small number");
    (status, String::from_utf8(response.body).expect("text"))
}

#[ic_cdk::query]
fn shout(TransformArgs { response, context }: TransformArgs) -> HttpRequestResult {
    let mut body = response.body.to_ascii_uppercase();
    body.extend(context);
    HttpRequestResult { headers: vec![], body, ..response }
}

#[ic_cdk::update]
async fn random_bytes() -> Vec<u8> {
    raw_rand().await.expect("random bytes")
}

// Certified data.

#[ic_cdk::update]
fn certify(data: Vec<u8>) {
    ic_cdk::api::certified_data_set(data);
}

#[ic_cdk::query]
fn certificate() -> Option<Vec<u8>> {
    ic_cdk::api::data_certificate()
}

// What fails.

#[ic_cdk::update]
fn count_and_panic() {
    increment();
    panic!("as it was asked to");
}
