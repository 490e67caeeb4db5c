import { builtinModules } from 'node:module';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SOURCES = [
  'schemas/src/**/*.ts',
  'verifier/src/**/*.ts',
  'keys/src/**/*.ts',
  'issuer/src/**/*.{ts,tsx}',
];
const PURE = ['schemas/src/**/*.ts', 'verifier/src/core/**/*.ts', 'verifier/src/portable/**/*.ts'];

const structure = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'export by name: a default export has no name to search for',
  },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'export by name' },
  { selector: 'TSEnumDeclaration', message: 'use a union of literals or a frozen table' },
];
const purity = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'the instant comes in as an argument',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'the instant comes in as an argument' },
  { selector: 'ImportExpression', message: 'no dynamic import in the pure folders' },
];
const effects = [
  'process',
  'console',
  'Buffer',
  'fetch',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
];

export default defineConfig(
  globalIgnores(['**/dist/', 'coverage/', '**/node_modules/', 'schemas/src/generated/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // isolatedDeclarations wants the annotation that this rule takes away
      '@typescript-eslint/no-inferrable-types': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.base],
  },
  {
    files: SOURCES,
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': ['error', ...structure],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-syntax': ['error', ...structure, ...purity],
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: 'this folder also runs in a browser' })),
          patterns: [{ group: ['node:*'], message: 'this folder also runs in a browser' }],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...effects.map((name) => ({ name, message: 'effects come in as arguments' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'the instant comes in as an argument' },
        { object: 'Math', property: 'random', message: 'randomness comes in as an argument' },
        { object: 'globalThis', property: 'process', message: 'effects come in as arguments' },
        { object: 'globalThis', property: 'console', message: 'effects come in as arguments' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
);
