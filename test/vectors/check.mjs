// Reads the vectors and holds a verifier against them; the verifier is an argument, so that tests can pass its sources.
import { readdirSync, readFileSync } from 'node:fs';

const data = new URL('data/', import.meta.url);
const read = (name) => readFileSync(new URL(name, data), 'utf8');
const trusts = JSON.parse(read('trusts.json'));

/** All vectors with the names of their groups. */
export function loadVectors() {
  return readdirSync(data)
    .filter((name) => name.endsWith('.json') && name !== 'trusts.json')
    .flatMap((name) => JSON.parse(read(name)).map((vector) => ({ group: name.slice(0, -5), ...vector })));
}

const fileOf = ({ file, fileBase64, fileParts }) => {
  if (fileBase64 !== undefined) return Buffer.from(fileBase64, 'base64');
  return (
    file ??
    fileParts.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  );
};

/** The pages of a vector: a file, cut to a size and changed at places. */
function readerOf({ file, size, changes = [] }) {
  const bytes = Buffer.from(read(`pages/${file}`), 'base64');
  for (const { at, base64 } of changes) Buffer.from(base64, 'base64').copy(bytes, at);
  const whole = bytes.subarray(0, size ?? bytes.length);
  return (index) => whole.subarray(index * 4096, (index + 1) * 4096);
}

/** A checker of one verifier (the exports of both packages) with one engine; trusts are opened once. */
export function makeChecker({ schemas, verifier }, engine) {
  const openGiven = ({ roots, test, kit }) =>
    kit === undefined
      ? verifier.openTrust(engine, roots, test === undefined ? undefined : verifier.openTrust(engine, test))
      : verifier.openMixedTrust(engine, kit);
  const opened = new Map();
  const openTrust = (named) => {
    const given = typeof named === 'string' ? trusts[named] : named;
    const key = JSON.stringify(given);
    if (!opened.has(key)) {
      opened.set(key, openGiven(given));
    }
    return opened.get(key);
  };

  const contextOf = (vector, trust) => {
    const { product, host, now, floor, installed, activated, shards } = vector;
    return {
      engine,
      trust,
      product: product ?? verifier.notAsked,
      host: {
        ...(host?.key === undefined ? {} : { key: host.key }),
        ...(host?.ids === undefined ? {} : { ids: new Map(Object.entries(host.ids)) }),
      },
      now,
      ...(floor === undefined ? {} : { floor }),
      ...(installed === undefined ? {} : { installed }),
      ...(activated === undefined ? {} : { activated }),
      ...(shards === undefined
        ? {}
        : { shards: shards.map((text) => verifier.openShard(engine, trust, text)) }),
    };
  };

  const codeOf = (act) => {
    try {
      return { value: act() };
    } catch (error) {
      if (typeof error.code !== 'string') throw error;
      return { code: error.code };
    }
  };

  function outcomeOf(verdict) {
    const { arm, state, finding, conditions } = verdict;
    return {
      arm,
      ...(state === undefined ? {} : { state }),
      ...(finding === undefined ? {} : { code: finding.code }),
      ...((conditions ?? []).length === 0 ? {} : { conditions: conditions.map(({ code }) => code) }),
    };
  }

  function licenseOutcome(vector, input) {
    const trust = codeOf(() => openTrust(vector.trust));
    if (trust.code !== undefined) return { arm: 'no-trust', code: trust.code };
    const context = contextOf(vector, trust.value);
    const verdict = verifier.verifyLicense(input, context);
    const { expected } = vector;
    const outcome = outcomeOf(verdict);
    if ('nextChange' in expected) outcome.nextChange = verdict.nextChange ?? null;
    if ('lastDay' in expected) {
      outcome.zone = verifier.zoneOf(verdict.license.claims);
      const day = verifier.lastDayOf(verdict.license.claims.license.term.until, outcome.zone);
      outcome.lastDay = verifier.formatDate(day);
    }
    if ('asVendorSees' in expected) {
      const { notAsked } = verifier;
      outcome.asVendorSees = outcomeOf(
        verifier.verifyLicense(input, { ...context, product: notAsked, host: notAsked }),
      );
    }
    if ('explain' in expected) {
      const { checks } = verifier.explainLicense(input, context);
      const rules = Object.keys(expected.explain).map((id) => {
        const check = checks.find(({ rule }) => rule === id);
        return [id, check?.finding?.code ?? check?.outcome];
      });
      outcome.explain = Object.fromEntries(rules);
    }
    if ('identity' in vector) Object.assign(outcome, identityOutcome(vector, verdict));
    return outcome;
  }

  function identityOutcome({ identity, pages, expected }, { license }) {
    const answer = codeOf(() =>
      verifier.checkIdentity(
        engine,
        license,
        identity.kind,
        identity.value,
        pages === undefined ? undefined : readerOf(pages),
      ),
    );
    const allowed = answer.value?.allowed === true ? 'allowed' : 'not-listed';
    return {
      identity: answer.code ?? allowed,
      ...(expected.canonical === undefined ? {} : { canonical: answer.value?.identity }),
    };
  }

  function signatureOutcome({ key, message, signature }) {
    const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));
    const imported = codeOf(() => verifier.importPublicKey(schemas.encodeBase64url(bytes(key)), 'vector'));
    if (imported.code !== undefined) return { valid: false, keyCode: imported.code };
    return { valid: verifier.verifySignature(engine, imported.value, bytes(message), bytes(signature)) };
  }

  const QUESTIONS = {
    'end-of-day': ({ zone, day }) => verifier.endOfDay(verifier.parseDate(day), zone),
    'last-day-from': ({ first, duration }) =>
      verifier.formatDate(verifier.lastDayFrom(verifier.parseDate(first), verifier.parseDuration(duration))),
    'last-day-after': ({ first, duration }) =>
      verifier.formatDate(verifier.lastDayAfter(verifier.parseDate(first), verifier.parseDuration(duration))),
    'license-id': ({ typed }) => schemas.parseLicenseId(typed),
  };

  /** Expected and actual outcome of a vector; `asBytes` gives the file as bytes where it is a text. */
  return (vector, { asBytes = true } = {}) => {
    if ('signature' in vector) {
      const { valid, keyCode } = vector;
      return {
        expected: { valid, ...(keyCode === undefined ? {} : { keyCode }) },
        actual: signatureOutcome(vector),
      };
    }
    if ('ask' in vector) {
      const { value, code } = codeOf(() => QUESTIONS[vector.ask](vector));
      return { expected: vector.answer, actual: code === undefined ? value : { code } };
    }
    const content = fileOf(vector);
    const input = asBytes && typeof content === 'string' ? Buffer.from(content) : content;
    return { expected: vector.expected, actual: licenseOutcome(vector, input) };
  };
}
