package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.api.Route.Call;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Goods;
import urgency.payments.practice.bank.Store;
import urgency.payments.practice.bank.Wallet;

/** Products, prices, ways to pay and customers. */
final class GoodsRoutes {
  private static final String PRODUCTS = "/v1/products";
  private static final String PRICES = "/v1/prices";
  private static final String METHODS = "/v1/payment_methods";
  private static final String CUSTOMERS = "/v1/customers";

  private final Store store;
  private final Goods goods;
  private final Wallet wallet;

  GoodsRoutes(Bank bank) {
    this.store = bank.store();
    this.goods = bank.goods();
    this.wallet = bank.wallet();
  }

  List<Route> all() {
    return List.of(
        new Route("POST", PRODUCTS, (tx, it) -> goods.product(tx, it.params(), it.cause())),
        new Route("GET", PRODUCTS, list(PRODUCTS, Goods.PRODUCT, "active")),
        new Route("GET", PRODUCTS + "/{}", get(Goods.PRODUCT, "id")),
        new Route(
            "POST",
            PRODUCTS + "/{}",
            (tx, it) -> goods.updateProduct(tx, it.id(), it.params(), it.cause())),
        new Route("POST", PRICES, (tx, it) -> goods.price(tx, it.params(), it.cause())),
        new Route("GET", PRICES, list(PRICES, Goods.PRICE, "active", "product", "currency")),
        new Route("GET", PRICES + "/{}", get(Goods.PRICE, "price")),
        new Route(
            "POST",
            PRICES + "/{}",
            (tx, it) -> goods.updatePrice(tx, it.id(), it.params(), it.cause())),
        new Route("POST", METHODS, (tx, it) -> wallet.create(tx, it.params(), it.cause())),
        new Route("GET", METHODS, list(METHODS, Wallet.METHOD, "type", "customer")),
        new Route("GET", METHODS + "/{}", get(Wallet.METHOD, "payment_method")),
        new Route("POST", METHODS + "/{}/attach", this::attach),
        new Route("POST", CUSTOMERS, (tx, it) -> wallet.customer(tx, it.params(), it.cause())),
        new Route("GET", CUSTOMERS, list(CUSTOMERS, Wallet.CUSTOMER, "email")),
        new Route("GET", CUSTOMERS + "/{}", get(Wallet.CUSTOMER, "id")),
        new Route(
            "POST",
            CUSTOMERS + "/{}",
            (tx, it) -> wallet.updateCustomer(tx, it.id(), it.params(), it.cause())));
  }

  private ObjectNode attach(Handle tx, Call call) {
    var customer = call.params().required("customer", 255);
    store.get(tx, Wallet.CUSTOMER, "customer", customer);
    var method = store.lock(tx, Wallet.METHOD, "payment_method", call.id());
    store.save(tx, method.put("customer", customer));
    return method;
  }

  private Route.Action get(String kind, String parameter) {
    return (tx, call) -> store.get(tx, kind, parameter, call.id());
  }

  private Route.Action list(String url, String kind, String... filters) {
    return (tx, call) -> Lists.of(tx, store, url, kind, call.params(), filters);
  }
}
