import type { MethodForms } from '../forms/check-argument.js';
import { optional, type AnyForm, type Shape, type ValueOf } from '../forms/form.js';
import { amount, callback, withSignal } from '../forms/values.js';
import { applyOptions } from '../apply/apply.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Spec } from '../spec.js';
import type * as Options from './call-options.js';
import type { RequestPlace } from './request-forms.js';
import type { Session } from './session.js';

type Forms = MethodForms<RequestPlace>[string];
type FormOf<F> = F extends (...given: never[]) => infer Made ? Made : F;

/** The arguments of a method, by name: each has its form, and options that are left out are none. */
type Given<F extends Forms> = {
  readonly [Key in keyof F]: FormOf<F[Key]> extends AnyForm ? NonNullable<ValueOf<FormOf<F[Key]>>> : never;
};

/** What a method takes besides, whose first argument is a spec: that spec, and the clouds that it was read with. */
export interface OfSpec {
  readonly spec: Spec;
  readonly clouds: Clouds;
}

/** A method of `PrivateIntegrations`: the forms of its arguments, in the order in which they are given, and what it does. */
export interface Method<R> {
  readonly forms: Forms;
  /** Whether a spec comes before the other arguments, and whether the checks of its clouds are needed. */
  readonly takes?: 'a spec' | 'a spec to check';
  readonly run: (session: Session, given: never) => R | Promise<R>;
}

export const method = <const F extends Forms, R>(forms: F, run: (session: Session, given: Given<F>) => R) => ({
  forms,
  run,
});

export const ofSpec = <const F extends Forms, R>(
  forms: F,
  run: (session: Session, given: Given<F> & OfSpec) => R,
  takes: Method<R>['takes'] = 'a spec',
) => ({ forms, run, takes });

/** The form of options: they may be left out. */
export const optionsOf = <T extends Options.CallOptions>(shape: Omit<Shape<T>, 'signal'>) =>
  optional(withSignal<T>(shape));

export const onEvent = optional(callback<NonNullable<Options.EventOptions['onEvent']>>());
export const ofCall = optionsOf<Options.CallOptions>({});
export const ofEnsure = optionsOf<Options.EnsureOptions>({
  allowPurchase: applyOptions.allowPurchase,
  onEvent,
  onNote: optional(callback()),
  timeoutMs: optional(amount),
});
