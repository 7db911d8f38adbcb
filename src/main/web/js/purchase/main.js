/** What the pages of a purchase need beside what every page has. */
import "./hold-clock.js";
import "./live-order.js";
import "./pay-form.js";
