import { encodeBlock, formatFile, type Block } from '@counterfoil/schemas';
import { summaryText, type LicenseContent } from '@counterfoil/verifier';

/** What a license file carries beside the license. */
export interface CarriedParts {
  /** Compact JWS. */
  readonly license: string;
  /** General JSON JWS of the chain of trust roots, rising. */
  readonly roots: readonly string[];
  /** Compact JWS of the shard in which the license's status stands. */
  readonly status: string;
  readonly pages: readonly Uint8Array[];
}

/** The text of a license file: the summary for people, then the blocks (license-file.md, clause 2.6). */
export function buildLicenseFile(claims: LicenseContent, parts: CarriedParts): string {
  return formatFile(summaryText(claims), [
    encodeBlock('license', parts.license),
    ...parts.roots.map((root) => encodeBlock('trust-root', root)),
    encodeBlock('status-list', parts.status),
    ...parts.pages.map(pagesBlock),
  ]);
}

/** Node's own base64: pages of a million identities have 16 MB, for which the codec in plain JavaScript takes seconds. */
function pagesBlock(pages: Uint8Array): Block {
  const body = Buffer.from(pages.buffer, pages.byteOffset, pages.length).toString('base64');
  return { document: 'identity-pages', body };
}
