import { createHmac, timingSafeEqual } from 'node:crypto';
import { CounterfoilError, decodeUtf8, isJsonObject, parseJson, type JsonValue } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import type { PaymentEvent } from '../../register/order-store.js';

/** The header in which a shop signs a payment. */
export const SIGNATURE_HEADER = 'counterfoil-signature';
/** How far the instant of a signature may be from now, either way, in seconds. */
const TOLERANCE = 300;
/** Bytes of a body. */
const LARGEST = 4096;
const HEADER = /^t=([0-9]{1,12}),v1=([0-9a-f]{64})$/;
const TEXT = /^[\x21-\x7e]{1,200}$/;
const CURRENCY = /^[A-Z]{3}$/;
const MEMBERS = ['id', 'order', 'amount', 'currency'] as const;

/** A request of a shop, as it arrived. */
export interface Webhook {
  /** The header {@link SIGNATURE_HEADER}: `t=<unix>,v1=<hex>`. */
  readonly signature: string | undefined;
  /** The bytes that were signed, untouched. */
  readonly body: Uint8Array;
}

/** The signature of a body at an instant, as the header has it: HMAC-SHA-256 of `t.body`. */
export function signWebhook(secret: Uint8Array, at: Instant, body: Uint8Array): string {
  return `t=${String(at)},v1=${macOf(secret, String(at), body).toString('hex')}`;
}

/**
 * The payment that a shop tells of, once its signature under one of the secrets holds.
 *
 * Throws `webhook-signature`, `webhook-old`, `webhook-body`.
 */
export function readWebhook(
  { signature, body }: Webhook,
  secrets: readonly Uint8Array[],
  now: Instant,
): PaymentEvent {
  const [, at, mac] = HEADER.exec(signature ?? '') ?? [];
  if (at === undefined || mac === undefined) {
    throw issuerFault('webhook-signature', { where: SIGNATURE_HEADER, expected: 't=<unix>,v1=<hex>' });
  }
  const given = Buffer.from(mac, 'hex');
  // Each secret is tried, so that the time tells nothing of which one it was.
  const hits = secrets.map((secret) => timingSafeEqual(macOf(secret, at, body), given));
  if (!hits.includes(true)) throw issuerFault('webhook-signature', { where: SIGNATURE_HEADER });
  if (Math.abs(now - Number(at)) > TOLERANCE) {
    const expected = `within ${String(TOLERANCE)} seconds of ${String(now)}`;
    throw issuerFault('webhook-old', { expected, actual: at });
  }
  return paymentOf(body, now);
}

function macOf(secret: Uint8Array, at: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest();
}

function paymentOf(body: Uint8Array, at: Instant): PaymentEvent {
  const value = jsonOf(body);
  const { id, order, amount, currency, ...others } = isJsonObject(value) ? value : {};
  const isText = typeof id === 'string' && typeof order === 'string' && TEXT.test(id) && TEXT.test(order);
  const isMoney = typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0;
  if (!isText || !isMoney || typeof currency !== 'string' || !CURRENCY.test(currency))
    throw issuerFault('webhook-body', { expected: MEMBERS.join(', ') });
  if (Object.keys(others).length > 0)
    throw issuerFault('webhook-body', { expected: MEMBERS.join(', '), actual: 'another member' });
  return { id, order, money: { amount, currency }, at };
}

function jsonOf(body: Uint8Array): JsonValue {
  if (body.length > LARGEST) {
    const expected = `at most ${String(LARGEST)} bytes`;
    throw issuerFault('webhook-body', { expected, actual: String(body.length) });
  }
  try {
    return parseJson(decodeUtf8(body, 'webhook'), 'webhook');
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw issuerFault('webhook-body', { where: cause.code, cause });
  }
}
