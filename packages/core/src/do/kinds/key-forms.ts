import { list, optional, value, type AnyForm, type Form } from '../forms/form.js';
import { choice, flag, keyed, strings, tcpPort, text } from '../forms/values.js';
import type { KeyForm } from './cloud/spec-keys.js';

/** Names and keys were looked at when a spec was read; here it is what a program without types may lack. */
export const id = value<string>('a text that is not empty', (given) => typeof given === 'string' && given !== '', {
  type: 'string',
  minLength: 1,
});

export const has = (given: unknown, key: string): boolean =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, key);

/** An ID, or a look-up by name or tag. */
export const lookUp = <T>(): Form<T> =>
  choice<T>('an ID, { name } or { tag }', (given) => {
    if (typeof given === 'string') return id;
    if (has(given, 'name')) return keyed<{ name: string }>({ name: text });

    return has(given, 'tag') ? keyed<{ tag: unknown }>({ tag: strings }) : undefined;
  });

/** The form of what a key of a cloud takes, in a spec that was read. */
export function keyForm(form: KeyForm): AnyForm {
  if (typeof form === 'object') {
    if ('listOf' in form) return list(keyForm(form.listOf) as Form<unknown>);
    if ('keys' in form)
      return keyed<Record<string, unknown>>(
        Object.fromEntries(
          Object.entries(form.keys).map(([key, one]) => {
            const own = keyForm(one.form) as Form<unknown>;
            return [key, one.absent === undefined ? own : optional(own)];
          }),
        ),
      );
    if ('oneOf' in form) return id;

    const [first, ...others] = form.eitherOf;
    const isText = (one: KeyForm): boolean => typeof one === 'string';
    return choice(form.called, (given) =>
      keyForm(form.eitherOf.find((one) => isText(one) === (typeof given === 'string')) ?? others.at(-1) ?? first),
    );
  }
  if (form === 'port') return tcpPort;
  if (form === 'true or false') return flag;
  if (form === 'look-up') return lookUp();

  return form === 'ID' || form === 'ID with a query' ? id : text;
}
