/** What can only be wanted by somebody who touches the page. */
import "./product-sheet.js";
import "./pull-down.js";
import "./share.js";
