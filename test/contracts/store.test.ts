import { describeAccounts } from './accounts.js';
import { describeOrders } from './orders.js';
import { describeRaces } from './races.js';
import { describeRegister } from './register.js';
import { variants } from './variants.js';

for (const variant of variants) {
  describeRegister(variant);
  describeAccounts(variant);
  describeOrders(variant);
  if (variant.isShared) describeRaces(variant);
}
