import type { VNode } from 'preact';
import { issueTexts as texts } from '../../texts/issue-texts.js';
import { staffTexts } from '../../texts/staff-texts.js';
import { EmptyState } from '../components/empty-state.js';
import { ErrorSummary, type FormError } from '../components/error-summary.js';
import { Field, type FieldProps } from '../components/field.js';
import { Notice } from '../components/notice.js';
import { SelectField } from '../components/select-field.js';
import type { IssueField } from '../../http/read-issue.js';
import type { IssueChoices } from './issue-choices.js';

interface IssuePageProps {
  readonly choices: Pick<IssueChoices, 'offers' | 'unreadable'>;
  /** What was typed before. */
  readonly fields: ReadonlyMap<string, string>;
  readonly errors: readonly FormError[];
}

/** The form of a new license; its answer is the preview. */
export function IssuePage({ choices, fields, errors }: IssuePageProps): VNode {
  const { offers, unreadable } = choices;
  const field = (name: IssueField, label: string, more: Partial<FieldProps> = {}): VNode => (
    <Field
      name={name}
      label={label}
      value={fields.get(name)}
      error={errors.find((error) => error.field === name)?.text}
      {...more}
    />
  );
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {unreadable.length > 0 && <Notice tone="warn" title={texts.unreadable(unreadable.join(', '))} />}
      {offers.length === 0 ? (
        <EmptyState title={texts.noneTitle}>
          <p>{texts.none}</p>
        </EmptyState>
      ) : (
        <>
          <ErrorSummary title={staffTexts.failed} errors={errors} />
          <form method="get" action="/staff/issue" class="card">
            <input type="hidden" name="step" value="preview" />
            <SelectField name="offer" label={texts.offer} choices={offers} value={fields.get('offer')} />
            {field('quantity', texts.quantity, {
              hint: texts.quantityHint,
              type: 'number',
              inputMode: 'numeric',
              min: 1,
              value: fields.get('quantity') ?? '1',
            })}
            {field('customer', texts.customer, { hint: texts.customerHint, required: true, maxLength: 200 })}
            {field('name', texts.name, { hint: texts.nameHint, maxLength: 200 })}
            {field('from', texts.from, { hint: texts.fromHint, type: 'date' })}
            {field('zone', texts.zone, { hint: texts.zoneHint, maxLength: 64 })}
            {field('note', texts.note, { hint: texts.noteHint, maxLength: 400 })}
            <button type="submit">{texts.preview}</button>
          </form>
        </>
      )}
    </>
  );
}
