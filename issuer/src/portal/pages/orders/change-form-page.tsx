import type { VNode } from 'preact';
import type { CatalogDocument } from '../../../catalog/product-document.js';
import type { OwnLicense } from '../../../domain/license-window.js';
import type { WantedChange } from '../../../register/order-store.js';
import type { WantedFields } from '../../http/read-wanted.js';
import { changeTexts } from '../../texts/change-texts.js';
import { orderTexts as texts } from '../../texts/order-texts.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import { SelectField } from '../components/select-field.js';
import { WindowList } from '../licenses/window-list.js';
import { durationChoices, offerChoices, packChoices } from './change-choices.js';

export interface ChangeFormProps {
  readonly license: OwnLicense;
  readonly type: WantedChange['type'];
  readonly catalog: CatalogDocument | undefined;
  /** The offer that was sold. */
  readonly sold: string | undefined;
  /** What was typed before. */
  readonly fields: WantedFields;
  readonly problem?: string | undefined;
  /** Without it there is no form: nothing that is typed would help. */
  readonly isOffered: boolean;
}

/** The form of a change; its answer is the preview. */
export function ChangeFormPage(props: ChangeFormProps): VNode {
  const { license, type, problem, isOffered } = props;
  const { title, lead } = changeTexts[type];
  return (
    <>
      <p class="crumb">
        <a href={`/licenses/${license.id}`}>{license.id}</a>
      </p>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <ErrorSummary title={texts.notPossible} errors={problem === undefined ? [] : [{ text: problem }]} />
      <div class="columns">
        {isOffered ? (
          <form method="get" action={`/licenses/${license.id}/change/${type}`} class="card">
            <input type="hidden" name="step" value="preview" />
            <ChangeFields {...props} />
            <button type="submit">{texts.preview}</button>
          </form>
        ) : (
          <p>
            <a role="button" href={`/licenses/${license.id}`}>
              {texts.back}
            </a>
          </p>
        )}
        <section>
          <h2>{texts.nowTitle}</h2>
          <WindowList license={license} />
        </section>
      </div>
    </>
  );
}

function ChangeFields({ license, type, catalog, sold, fields }: ChangeFormProps): VNode {
  switch (type) {
    case 'renew':
      return (
        <>
          <SelectField
            name="duration"
            label={texts.duration}
            hint={texts.durationHint}
            choices={durationChoices(catalog, sold)}
            value={fields.get('duration')}
          />
          <TotalFields license={license} fields={fields} />
        </>
      );
    case 'extend':
      return <ExtendFields license={license} packs={packChoices(catalog, sold)} fields={fields} />;
    case 'reduce':
      return (
        <>
          <TotalFields license={license} fields={fields} isLess />
          <p class="note">{texts.lessNote}</p>
        </>
      );
    case 'convert':
      return (
        <>
          <SelectField
            name="offer"
            label={texts.offer}
            choices={offerChoices(catalog)}
            value={fields.get('offer')}
          />
          <Count name="quantity" label={texts.offerQuantity} value={fields.get('quantity') ?? '1'} min={1} />
        </>
      );
  }
}

interface CountProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly min: number;
  readonly max?: number;
}

function Count(props: CountProps): VNode {
  return <Field {...props} type="number" inputMode="numeric" />;
}

type PoolFieldsProps = Pick<ChangeFormProps, 'license' | 'fields'>;

function TotalFields({ license, fields, isLess }: PoolFieldsProps & { readonly isLess?: true }): VNode {
  return (
    <>
      {license.pools.map(({ id, label, limit }) => (
        <Count
          key={id}
          name={`pool.${id}`}
          label={texts.poolTotal(label)}
          hint={texts.poolTotalNow(limit)}
          value={fields.get(`pool.${id}`) ?? String(limit)}
          min={0}
          {...(isLess ? { max: limit } : {})}
        />
      ))}
    </>
  );
}

interface ExtendFieldsProps extends PoolFieldsProps {
  readonly packs: ReturnType<typeof packChoices>;
}

function ExtendFields({ license, packs, fields }: ExtendFieldsProps): VNode {
  const add = license.pools.map(({ id, label, limit }) => (
    <Count
      key={id}
      name={`add.${id}`}
      label={texts.poolAdd(label)}
      hint={texts.poolTotalNow(limit)}
      value={fields.get(`add.${id}`) ?? '0'}
      min={0}
    />
  ));
  if (packs.length === 0) return <>{add}</>;
  return (
    <>
      <SelectField
        name="pack"
        label={texts.pack}
        choices={[...packs, { value: '', label: texts.noPack }]}
        value={fields.get('pack')}
      />
      <Count name="quantity" label={texts.packQuantity} value={fields.get('quantity') ?? '1'} min={1} />
      <details open={license.pools.some(({ id }) => !['0', ''].includes(fields.get(`add.${id}`) ?? ''))}>
        <summary>{texts.singleUnits}</summary>
        {add}
      </details>
    </>
  );
}
