import type { VNode } from 'preact';

export interface FormError {
  /** The field that it is about; none where it is about all of it. */
  readonly field?: string;
  readonly text: string;
}

/** What kept a form from being taken, in front of it; nothing where nothing did. */
export function ErrorSummary({
  title,
  errors,
}: {
  readonly title: string;
  readonly errors: readonly FormError[];
}): VNode | null {
  if (errors.length === 0) return null;
  return (
    <div class="notice bad" role="alert" tabIndex={-1}>
      <h2>{title}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={text}>{field === undefined ? text : <a href={`#field-${field}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
