/** What can only be wanted by somebody who touches the page, or stays. */
import "./add-to-cart.js";
import "./hold-clip.js";
import "./price-over.js";
import "./product-sheet.js";
import "./pull-down.js";
import "./recent-views.js";
import "./search-box.js";
import "./share.js";
