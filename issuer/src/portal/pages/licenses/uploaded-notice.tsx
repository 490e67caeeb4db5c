import type { VNode } from 'preact';
import type { OwnLicense } from '../../../domain/license-window.js';
import { uploadedTexts as texts } from '../../texts/license-texts.js';
import { Notice } from '../components/notice.js';

/** What was uploaded, where that led to the page of a license. */
export interface UploadedCopy {
  readonly revision: number;
  /** It was damaged on the way, and could be read all the same. */
  readonly isDamaged: boolean;
}

interface UploadedNoticeProps {
  readonly license: Pick<OwnLicense, 'newest' | 'revision'>;
  readonly uploaded: UploadedCopy;
}

/** Says how the uploaded copy stands to the license, and what to do with it. */
export function UploadedNotice({ license, uploaded }: UploadedNoticeProps): VNode {
  const { revision, isDamaged } = uploaded;
  const isNewest = revision === license.newest;
  return (
    <Notice
      tone={isNewest && !isDamaged ? 'good' : 'warn'}
      title={isNewest ? texts.newestTitle : texts.olderTitle}
    >
      <p>{isNewest ? texts.newest(revision) : texts.older(revision, license.newest)}</p>
      {isDamaged && <p>{texts.damaged}</p>}
      <p>{texts.next}</p>
    </Notice>
  );
}
