import { defined, type Stage } from '@postern/core/internal/adapter';

/** `{}` where the stage has no access log. */
export function toAccessLog(destination: string | undefined, format: string | undefined): Stage['accessLog'] {
  return { ...defined({ destination, format }) };
}
