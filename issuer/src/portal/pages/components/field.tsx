import type { JSX, VNode } from 'preact';

type Input = JSX.IntrinsicElements['input'];

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** What goes in, in one sentence. */
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly error?: string | undefined;
  readonly value?: string | number | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'date' | 'textarea';
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly inputMode?: 'numeric' | 'email' | 'text';
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly rows?: number;
}

/** A labelled field with its hint and its error, tied together for screen readers. */
export function Field({ name, label, hint, error, type = 'text', rows = 4, ...rest }: FieldProps): VNode {
  const id = `field-${name}`;
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error ? [`${id}-error`] : [])];
  const shared = {
    id,
    name,
    ...rest,
    ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
    ...(error ? { 'aria-invalid': 'true' as const } : {}),
  };
  const { value, ...area } = shared;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {type === 'textarea' ? (
        <textarea {...area} rows={rows}>
          {value}
        </textarea>
      ) : (
        <input {...({ ...shared, type } as Input)} />
      )}
      {error && (
        <small id={`${id}-error`} class="field-error">
          {error}
        </small>
      )}
    </div>
  );
}
