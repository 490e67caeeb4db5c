import type { VNode } from 'preact';
import { stateTexts } from '../../texts/license-texts.js';
import { asSentence, readable } from '../../texts/readable.js';
import { findingTexts, nextTexts, uploadTexts as texts } from '../../texts/upload-texts.js';
import { DataList } from '../components/data-list.js';
import { Notice } from '../components/notice.js';
import type { Tone } from '../components/status-badge.js';
import { WindowList } from '../licenses/window-list.js';
import { AskForm } from './ask-form.js';
import { RepairList } from './repair-list.js';
import type { ProblemView, UploadView } from './upload-view.js';

const TONES: Readonly<Record<UploadView['kind'], Tone>> = {
  current: 'good',
  older: 'warn',
  unknown: 'warn',
  withdrawn: 'bad',
  document: 'plain',
  problem: 'bad',
};

interface ResultPageProps {
  readonly view: UploadView;
  /** Whose page is to be opened: of staff, who may see every license. */
  readonly licensePath?: string;
  readonly isSignedIn: boolean;
}

/** What an uploaded file is, and what to do next. */
export function ResultPage({ view, licensePath, isSignedIn }: ResultPageProps): VNode {
  const { kind, repairs, problem, license, isIncomplete } = view;
  const about = license === undefined ? {} : { about: { license: license.id, revision: license.revision } };
  return (
    <>
      <h1>{texts.resultTitle}</h1>
      <Notice tone={TONES[kind]} title={findingTexts[kind].title}>
        {kind !== 'problem' && <p>{findingTexts[kind].text}</p>}
        {problem !== undefined && <Problem problem={problem} looksLike={view.looksLike} />}
        {license !== undefined && <p>{stateTexts[license.state].means}</p>}
        {isIncomplete === true && <p>{findingTexts.missing}</p>}
      </Notice>
      {repairs.length > 0 && (
        <Notice tone="warn" title={problem === undefined ? texts.repairsTitle : texts.damageTitle}>
          <RepairList repairs={repairs} />
          {problem === undefined && <p>{texts.repairsText}</p>}
        </Notice>
      )}
      <section>
        <h2>{texts.nextTitle}</h2>
        <ul>
          {nextSteps(view, isSignedIn).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <p class="actions">
          {licensePath !== undefined && (
            <a role="button" href={licensePath}>
              {nextTexts.openLicense}
            </a>
          )}
          {licensePath === undefined && !isSignedIn && license !== undefined && (
            <a role="button" href={signInPath(view)}>
              {texts.signIn}
            </a>
          )}
          <a href="/">{texts.again}</a>
        </p>
      </section>
      {license !== undefined && (
        <section>
          <h2>{texts.says}</h2>
          <WindowList license={license} />
        </section>
      )}
      <AskForm input={{ email: '', text: '', ...about }} />
    </>
  );
}

/** To the sign-in, and from there to the license; one that is not in the records has no page. */
function signInPath({ kind, license }: UploadView): string {
  return license === undefined || kind === 'unknown'
    ? '/sign-in'
    : `/sign-in?to=${encodeURIComponent(`/licenses/${license.id}`)}`;
}

function nextSteps({ kind, canInstall, repairs }: UploadView, isSignedIn: boolean): readonly string[] {
  const account = isSignedIn ? [] : [nextTexts.noAccount];
  switch (kind) {
    case 'problem':
    case 'document':
      return [nextTexts.copyAgain, nextTexts.askVendor];
    case 'unknown':
    case 'withdrawn':
      return [nextTexts.askVendor];
    case 'current':
      return [
        ...(canInstall ? [nextTexts.install] : []),
        ...(repairs.length > 0 ? [nextTexts.copyAgain] : []),
        ...(isSignedIn ? [] : [nextTexts.signInChange]),
        ...account,
      ];
    case 'older':
      return [...(isSignedIn ? [nextTexts.askVendor] : [nextTexts.signInNewer]), ...account];
  }
}

interface ProblemProps {
  readonly problem: ProblemView;
  readonly looksLike: string | undefined;
}

function Problem({ problem, looksLike }: ProblemProps): VNode {
  const { code, message, hint, where, expected, actual } = problem;
  return (
    <>
      <p>
        {asSentence(readable(message))}
        {looksLike !== undefined && ` ${texts.looksLike(looksLike)}`}
      </p>
      <p>{asSentence(hint)}</p>
      <details>
        <summary>{texts.problemDetails}</summary>
        <DataList
          rows={[
            [texts.problemCode, <code key="code">{code}</code>],
            ...(where === undefined ? [] : [[texts.problemWhere, where] as const]),
            ...(expected === undefined ? [] : [[texts.problemExpected, expected] as const]),
            ...(actual === undefined ? [] : [[texts.problemActual, actual] as const]),
          ]}
        />
      </details>
    </>
  );
}
