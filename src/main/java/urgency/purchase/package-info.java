/**
 * From a cart to an order's page: what a shopper does to buy.
 *
 * <p>Start at {@link urgency.purchase.CheckoutPage}. Tables: none. Facts: none. Never: trusts a
 * price, a stock or an order id that the phone says.
 */
@NullMarked
package urgency.purchase;

import org.jspecify.annotations.NullMarked;
