//! The price of one model through one connection, to be seen and set: in the settings, and on the Ask page where a
//! limit of money needs it.

use leptos::prelude::*;

use crate::agents::prices::price;
use crate::session::ConnectionId;
use crate::ui::desk::use_desk;
use crate::ui::words::prices as words;

/// Two fields and the button.
#[component]
pub fn PriceEditor(
    /// Through which connection.
    connection: ConnectionId,
    /// Of which model.
    #[prop(into)]
    model: String,
) -> impl IntoView {
    let desk = use_desk();
    let known = untrack(|| desk.price_of(connection, &model)).map(|(price, _)| price);
    let shown = |micros: Option<u64>| RwSignal::new(micros.map_or_else(String::new, words::dollars));
    let read = shown(known.map(|price| price.input_micro_usd));
    let written = shown(known.map(|price| price.output_micro_usd));
    let said = RwSignal::new("");
    let set = {
        let model = model.clone();
        move |_| {
            let number = |text: RwSignal<String>| {
                text.with_untracked(|text| text.trim().replace(',', ".").parse::<f64>().ok())
            };
            let typed = number(read).zip(number(written)).and_then(|(read, written)| price(read, written));
            said.set(if typed.is_some() { words::IS_SET } else { words::BAD_PRICE });
            if typed.is_some() {
                desk.set_price(connection, &model, typed);
            }
        }
    };
    let field = move |name: &'static str, text: RwSignal<String>, test_id: &'static str| {
        view! {
            <label class="price-field">
                <span>{name}</span>
                <input type="text" inputmode="decimal" autocomplete="off" data-testid=test_id
                    aria-label=words::field(name, &model) prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event)) />
            </label>
        }
    };
    view! {
        <div class="price-editor" data-testid="price-editor">
            {field.clone()(words::READ, read, "token-price-read")}
            {field(words::WRITTEN, written, "token-price-written")}
            <button type="button" class="button" data-testid="token-price-set" on:click=set>{words::SET}</button>
            <span class="hint" role="status">{move || said.get()}</span>
        </div>
    }
}
