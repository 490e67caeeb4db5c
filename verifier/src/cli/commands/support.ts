import { homedir, hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { CounterfoilError, printable } from '@counterfoil/schemas';
import { writeRepaired } from '../../node/doctor/write-repaired.js';
import type { Asker } from '../../node/host/data-folder.js';
import { supportBundle } from '../../node/host/support/support-bundle.js';
import { askerOf } from '../asker.js';
import type { HostIo, Report } from '../io.js';
import { hostFacts } from '../judging-options.js';
import type { Typed } from '../options.js';
import { VERSION } from '../version.js';

/** Who asks, or why that cannot be said. A host that is named wrongly stays a wrong call: its words are not to be told. */
function askerOrFault(typed: Typed, io: HostIo): Asker | CounterfoilError {
  hostFacts(typed);
  try {
    return askerOf(typed, io);
  } catch (error) {
    if (error instanceof CounterfoilError) return error;
    throw error;
  }
}

/** The user's name; some systems have none for a user. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** What is known here and is not to be told. The name of the administrator is everywhere the same, and a word besides. */
function secretsOf({ values }: Typed, { env }: HostIo): readonly (readonly [string, string])[] {
  const user = userName();
  return [
    ['<home>', homedir()],
    ['<host>', hostname()],
    ...(values.get('kit') ?? []).map((path) => ['<kit>', path] as const),
    ...Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('COUNTERFOIL_') ? [[`<${name}>`, value ?? ''] as const] : [],
    ),
    ...(user === 'root' ? [] : [['<user>', user] as const]),
    ...(values.get('host-key') ?? []).map((key) => ['<host key>', key] as const),
    ...(values.get('host-id') ?? []).flatMap((pair) => [
      ['<host id>', pair] as const,
      ['<host id>', pair.slice(pair.indexOf('=') + 1)] as const,
    ]),
  ];
}

/** `support`: what the vendor's support needs to know of this host, readable and redacted. Throws the codes of writing a file. */
export function support(typed: Typed, io: HostIo): Report {
  const asker = askerOrFault(typed, io);
  const data = typed.values.get('data')?.[0];
  const folder =
    asker instanceof CounterfoilError ? (data === undefined ? undefined : resolve(data)) : asker.folder;
  const sections = supportBundle({
    program: [
      ['command', io.name],
      ['version', VERSION],
      ['node', process.version],
      ['platform', io.platform],
      ['architecture', process.arch],
    ],
    asker,
    ...(folder === undefined ? {} : { folder }),
    env: io.env,
    secrets: secretsOf(typed, io),
  });
  const lines = sections.flatMap(({ title, lines: text }, i) => [
    ...(i === 0 ? [] : ['']),
    `== ${title}`,
    ...text,
  ]);
  const out = typed.values.get('out')?.[0];
  if (out === undefined) return { exit: 0, lines, data: { outcome: 'reported', sections } };
  writeRepaired(out, lines.map((line) => `${printable(line)}\n`).join(''));
  return {
    exit: 0,
    lines: [`written: ${out}`, 'read it before you send it'],
    data: { outcome: 'reported', written: out },
  };
}
