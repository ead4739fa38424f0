//! The standard assets canister, with what its library leaves to whoever builds it.

use ic_cdk::storage::{stable_restore, stable_save};
use ic_certified_assets::StableState;
use ic_certified_assets::types::AssetCanisterArgs;

ic_certified_assets::export_canister_methods!();

#[ic_cdk::init]
fn init(args: Option<AssetCanisterArgs>) {
    ic_certified_assets::init(args);
}

#[ic_cdk::pre_upgrade]
fn pre_upgrade() {
    stable_save((ic_certified_assets::pre_upgrade(),)).expect("the state is stored");
}

#[ic_cdk::post_upgrade]
fn post_upgrade(args: Option<AssetCanisterArgs>) {
    let (state,): (StableState,) = stable_restore().expect("the state was stored");
    ic_certified_assets::post_upgrade(state, args);
}
