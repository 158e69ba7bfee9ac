import { UnknownAttribute, type View } from '@postern/core/overlay';

/** The integration of a route, whether it is written as a resource or in a document. */
export interface Integration {
  readonly linkId: string;
  /** The ARN of a listener or of a service, or a URL. Undefined: a URL that is known later. */
  readonly uri: string | undefined;
  /** The method that the backend gets; `ANY`: that of the call. */
  readonly sends: string | undefined;
  readonly timeoutMs: number | undefined;
  /** Of HTTP APIs: by the name of what is changed. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Of HTTP APIs: undefined without TLS. */
  readonly tls?: { readonly serverName: string | undefined } | undefined;
  /** Of REST APIs: the ARN of the load balancer. */
  readonly balancer?: string | undefined;
  readonly anyAuthority?: boolean | undefined;
}

/** A URI that must be there. Undefined: it is known later. @throws {UnknownAttribute} where it is not set, or sensitive */
export function uriOf(view: View, name: string): string | undefined {
  try {
    return view.needed(name);
  } catch (error) {
    if (error instanceof UnknownAttribute && error.isLater) return undefined;
    throw error;
  }
}

/** A text that a plan has already. */
export function knownText({ instance, when }: View, name: string): string | undefined {
  const value = instance[when]?.[name];
  return typeof value === 'string' ? value : undefined;
}
