import { Router } from 'express';
import { issuerFault } from '../../codes.js';
import { SIGNATURE_HEADER } from '../../domain/payments/read-webhook.js';
import { receivePayment } from '../../domain/payments/receive-payment.js';
import { rawBodyOf, readRawJson } from '../http/raw-body.js';
import type { Portal } from '../portal.js';

/** Where a shop tells of payments: known by its signature, not by a session. */
export function webhookRoutes(portal: Portal): Router {
  const router = Router();
  const { webhookSecret, store } = portal;
  router.post('/payments/webhook', readRawJson, async (request, response) => {
    // Without a secret there is no shop, and nothing that could be signed.
    if (webhookSecret === undefined) throw issuerFault('page-unknown', { where: request.path });
    const webhook = { signature: request.get(SIGNATURE_HEADER), body: rawBodyOf(request) };
    const desk = { vendor: portal.desk('webhook'), orders: store.orders };
    const { order, isNew } = await receivePayment(desk, webhook, [webhookSecret]);
    response.json({ order: order.id, state: order.state, new: isNew });
  });
  return router;
}
