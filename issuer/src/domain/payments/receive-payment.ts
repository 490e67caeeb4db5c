import type { OrderDesk } from '../orders/order-desk.js';
import { readWebhook, type Webhook } from './read-webhook.js';
import { settlePayment, type SettledPayment } from './settle-payment.js';

/**
 * Takes a payment that a shop signed, by any of the secrets that are in use.
 *
 * A payment that is known already is answered as before, so that a shop may send it again. Throws `webhook-signature`,
 * `webhook-old`, `webhook-body`, and what `settlePayment` throws.
 */
export function receivePayment(
  desk: OrderDesk,
  webhook: Webhook,
  secrets: readonly Uint8Array[],
): Promise<SettledPayment> {
  return settlePayment(desk, readWebhook(webhook, secrets, desk.vendor.now));
}
