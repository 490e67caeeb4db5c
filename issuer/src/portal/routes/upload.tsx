import { Router, type Request, type Response } from 'express';
import { readUpload } from '../../domain/upload/read-upload.js';
import type { Upload } from '../../domain/upload/upload.js';
import { issuerFault } from '../../codes.js';
import { fieldOf, uploadOf } from '../http/form.js';
import { visitorOf } from '../http/visitor.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import { ResultPage } from '../pages/upload/result-page.js';
import { UploadPage } from '../pages/upload/upload-page.js';
import { uploadView } from '../pages/upload/upload-view.js';
import type { Portal } from '../portal.js';
import { uploadTexts as texts } from '../texts/upload-texts.js';

/** The first page, for everybody: check a file. Nothing is stored, issued or handed out here. */
export function uploadRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/', (request, response) => {
    sendPage(request, response, {
      title: texts.title,
      body: <UploadPage isSignedIn={isSignedIn(request)} />,
      data: { title: texts.title },
    });
  });
  router.post('/', async (request, response) => {
    const bytes = uploadedBytes(request);
    if (bytes === undefined) {
      if (prefersJson(request)) throw issuerFault('field-missing', { where: 'file' });
      sendPage(request, response, {
        title: texts.nothing,
        status: 400,
        body: <UploadPage isSignedIn={isSignedIn(request)} isEmpty />,
        data: {},
      });
      return;
    }
    const now = portal.now();
    answer(request, response, await readUpload(portal.store.register, portal.kitTrust, bytes, now), now);
  });
  return router;
}

const isSignedIn = (request: Request): boolean => visitorOf(request).kind !== 'nobody';

/** The file, else the pasted text; undefined where there is neither. */
function uploadedBytes(request: Request): Uint8Array | undefined {
  const file = uploadOf(request, 'file');
  if (file !== undefined && file.bytes.length > 0) return file.bytes;
  // Forms send every line end as CRLF, which is no damage of the file.
  const text = fieldOf(request, 'text').replaceAll('\r\n', '\n');
  return text.trim() === '' ? undefined : Buffer.from(text);
}

function answer(request: Request, response: Response, upload: Upload, now: number): void {
  const visitor = visitorOf(request);
  const view = uploadView(upload, now);
  const { finding, repairs } = upload;
  if (visitor.kind !== 'nobody' && finding.type === 'license' && finding.standing.type !== 'unknown') {
    const { id, revision } = finding.claims.license;
    const isOwn = visitor.kind === 'contact' && finding.standing.customer === visitor.account.customer;
    if (isOwn && !prefersJson(request)) {
      const damaged = repairs.length > 0 ? '&damaged=1' : '';
      response.redirect(303, `/licenses/${id}?uploaded=${String(revision)}${damaged}`);
      return;
    }
    if (isOwn || visitor.kind === 'staff') {
      const page = `${isOwn ? '' : '/staff'}/licenses/${id}`;
      sendPage(request, response, {
        title: texts.resultTitle,
        body: <ResultPage view={view} isSignedIn licensePath={page} />,
        data: { ...view, page },
      });
      return;
    }
  }
  sendPage(request, response, {
    title: texts.resultTitle,
    body: <ResultPage view={view} isSignedIn={visitor.kind !== 'nobody'} />,
    data: view,
  });
}
