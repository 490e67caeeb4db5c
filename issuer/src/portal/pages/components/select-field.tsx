import type { VNode } from 'preact';

interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string | undefined;
}

/** A labelled list of which one is chosen. */
export function SelectField({ name, label, hint, choices, value }: SelectFieldProps): VNode {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      <select id={id} name={name} {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
