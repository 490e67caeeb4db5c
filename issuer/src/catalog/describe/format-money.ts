/** An amount of minor units as people write it: 9900 of EUR is `99.00 EUR`. No part of it is ever a fraction in binary. */
export function formatMoney(amount: number, currency: string): string {
  const { maximumFractionDigits: digits = 0 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const minor = String(amount).padStart(digits + 1, '0');
  const whole = new Intl.NumberFormat('en').format(BigInt(minor.slice(0, minor.length - digits)));
  return digits === 0 ? `${whole} ${currency}` : `${whole}.${minor.slice(-digits)} ${currency}`;
}
