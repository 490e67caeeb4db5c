import { verifierFault } from '../codes.js';
import type { Engine } from '../engine.js';
import { requireVerified, type LicenseContent, type VerifiedLicense } from '../license/license.js';
import { canonicalIdentity } from './canonical.js';
import { isOnPages, type ReadBlock } from './pages.js';

/** Whether a license allows an identity, and by which of its forms. */
export type IdentityAnswer =
  | {
      readonly allowed: true;
      readonly identity: string;
      readonly by: 'unrestricted' | 'list' | 'domains' | 'pages';
    }
  | { readonly allowed: false; readonly identity: string; readonly code: 'identity-not-listed' };

/** Kinds whose identities have a domain. */
const DOMAIN_FORMS: ReadonlySet<string> = new Set(['mail', 'domain', 'host']);

/** Lists as sets, built once for each license. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function has(list: readonly string[] | undefined, entry: string): boolean {
  if (list === undefined) return false;
  let set = sets.get(list);
  if (set === undefined) sets.set(list, (set = new Set(list)));
  return set.has(entry);
}

/** Whether the domain of a mail address, domain or host stands among the domains, itself or by `*.` above it. */
function hasDomain(domains: readonly string[] | undefined, identity: string): boolean {
  const domain = identity.slice(identity.lastIndexOf('@') + 1);
  if (has(domains, domain)) return true;
  for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
    if (has(domains, `*${domain.slice(dot)}`)) return true;
  }
  return false;
}

/**
 * Whether a license allows an identity of a kind (license-file.md, clause 11.2).
 *
 * A kind without an entry is unrestricted; one form that admits is enough. `readPages` reads the side file that
 * belongs to the kind. Throws `identity-kind`, `identity-form`, and where it cannot decide `pages-missing`, `pages-broken`.
 */
export function checkIdentity(
  engine: Engine,
  license: VerifiedLicense,
  kindId: string,
  identity: string,
  readPages?: ReadBlock,
): IdentityAnswer {
  requireVerified(license);
  const { kinds, allowed }: LicenseContent['license'] = license.claims.license;
  const kind = kinds?.[kindId];
  if (kind === undefined) {
    throw verifierFault('identity-kind', {
      expected: Object.keys(kinds ?? {}).join(', ') || 'a license with kinds',
      actual: kindId,
    });
  }
  const canonical = canonicalIdentity(kind, identity);
  const admitted = (by: 'unrestricted' | 'list' | 'domains' | 'pages'): IdentityAnswer => ({
    allowed: true,
    identity: canonical,
    by,
  });
  const forms = allowed?.[kindId];
  if (forms === undefined) return admitted('unrestricted');
  if (has(forms.list, canonical)) return admitted('list');
  if (DOMAIN_FORMS.has(kind.form) && hasDomain(forms.domains, canonical)) return admitted('domains');
  if (forms.pages !== undefined) {
    if (readPages === undefined)
      throw verifierFault('pages-missing', {
        where: kindId,
        expected: `${String(forms.pages.count)} identities`,
      });
    if (isOnPages(engine, forms.pages, readPages, canonical)) return admitted('pages');
  }
  return { allowed: false, identity: canonical, code: 'identity-not-listed' };
}
