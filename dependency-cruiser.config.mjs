// The arrows: issuer → keys → verifier → schemas, and none back.
// Names of rules are asserted by test/architecture/arrows.test.ts.

const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'two files which need each other are one file, or miss a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that cannot be resolved cannot be judged by the other rules',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-import-of-test',
      comment: 'test imports everything, nothing imports test',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-path-into-workspace',
      comment: 'another workspace is imported by its package name, so that its exports hold',
      severity: 'error',
      from: { path: '^(schemas|verifier|keys|issuer)/' },
      to: { path: '^(schemas|verifier|keys|issuer)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    only('schemas-imports-nothing', 'the contract stands alone', '^schemas/src/', '^schemas/src/'),
    only(
      'verifier-core-is-pure',
      'core imports schemas and itself: no npm package, no node:',
      '^verifier/src/core/',
      '^(verifier/src/core|schemas/src)/',
    ),
    only(
      'verifier-portable-engine',
      'portable adds tweetnacl and nothing else',
      '^verifier/src/portable/',
      '^(verifier/src/(core|portable)|schemas/src)/|^node_modules/tweetnacl/',
    ),
    {
      name: 'verifier-no-arrow-back',
      comment: 'what ships to customers never imports what stays with the vendor',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { path: '^(keys|issuer)/|^node_modules/jose/' },
    },
    {
      name: 'keys-no-arrow-back',
      comment: 'keys know nothing about products, orders or the register',
      severity: 'error',
      from: { path: '^keys/' },
      to: { path: '^issuer/' },
    },
    {
      name: 'keys-verifier-entries',
      comment: 'keys use the entries @counterfoil/verifier and @counterfoil/verifier/node only',
      severity: 'error',
      from: { path: '^keys/' },
      to: { path: '^verifier/', pathNot: '^verifier/src/(core|node)/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/|^test/nodes/' },
    // types are dependencies too
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
