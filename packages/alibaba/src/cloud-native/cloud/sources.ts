import type { Link } from '@postern/core/internal/library';
import { nearest, PosternError } from '@postern/core/internal/kinds';

/** A source of services of a gateway: a registry that the gateway follows. */
export interface Source {
  /** `src-…` */
  readonly id: string;
  /** That of the Nacos instance, or of the cluster. */
  readonly name: string;
  /** `MSE_NACOS`, `K8S`, … */
  readonly type: string;
  /** Of a registry of MSE: `mse-cn-…` */
  readonly instanceId: string;
  /** Of a registry: `mse-a1b2-nacos-ans.mse.aliyuncs.com:8848` */
  readonly address: string;
  /** As the service names it: `ASSOCIATED`. Empty where the answer has none. */
  readonly status: string;
  readonly reason: string;
}

/** A service of an MSE Nacos registry, as a spec names it. `source` is the ID, the name or the address of a source, or the ID of its instance. */
export interface NacosRef {
  readonly kind: 'nacos';
  readonly source: string | undefined;
  readonly namespace: string;
  readonly group: string;
  readonly service: string;
  readonly port?: undefined;
}

/** The type of sources and services of MSE Nacos. */
export const NACOS = 'MSE_NACOS';
/** Where services are that name neither. @see https://nacos.io/en/docs/v2/guide/user/open-api/ */
export const DEFAULT_GROUP = 'DEFAULT_GROUP';
export const PUBLIC = 'public';

/** The sources of a gateway of a snapshot; undefined where they were not read. */
export function sourcesOf({ native }: Pick<Link, 'native'>): readonly Source[] | undefined {
  return native?.['sources'] as readonly Source[] | undefined;
}

/** The public namespace is written as nothing, `public` or `PUBLIC` [U]. */
export function sameNamespace(one: string | undefined = '', other: string | undefined = ''): boolean {
  const plain = (text: string): string => (text === '' || /^public$/i.test(text) ? PUBLIC : text);
  return plain(one) === plain(other);
}

/**
 * Whether a source can be followed. `ASSOCIATED` is the only documented value. Of another word its text decides; where that does
 * not tell, the state is unknown.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk (apig-20240327/src/models/GetSourceResponseBody.ts)
 */
export function sourceState({ status }: Pick<Source, 'status'>): 'valid' | 'invalid' | 'unknown' {
  if (/^ASSOCIATED$/i.test(status)) return 'valid';

  return /FAIL|INVALID|ERROR|ABNORMAL|EXPIRED|^(?:DIS|UN|NOT_?)ASSOCIATED$/i.test(status) ? 'invalid' : 'unknown';
}

/** The source that a name of a spec means. */
export function isNamed({ id, name, instanceId, address }: Source, text: string): boolean {
  return [id, name, instanceId, address].includes(text);
}

/** The source that a reference means, or why none can be meant. A name that is not there gets the ones that are. */
export function sourceFor(
  { source: text }: NacosRef,
  sources: readonly Source[],
  gatewayId: string,
): { readonly source: Source } | { readonly fault: PosternError } {
  const of = sources.filter(({ type }) => type === NACOS);
  const meant = text === undefined ? of : of.filter((one) => isNamed(one, text));
  const [first, ...others] = meant;
  if (first !== undefined && others.length === 0) return { source: first };

  const names = (some: readonly Source[]): string => some.map(({ id, name }) => `${id} (${name})`).join(' or ');
  if (first !== undefined) {
    const message = `gateway ${gatewayId} has ${meant.length} Nacos sources${text === undefined ? '' : ` named ${text}`}: ${names(meant)}`;
    return { fault: new PosternError('AMBIGUOUS', message, { remedy: 'Write nacos.source with the ID of one.' }) };
  }

  const other = text === undefined ? undefined : sources.find((one) => isNamed(one, text));
  const message =
    other !== undefined
      ? `source ${text} of gateway ${gatewayId} is of type ${other.type}, and no Nacos registry`
      : `gateway ${gatewayId} has no Nacos source${text === undefined ? '' : ` ${text}`}`;
  const similar =
    text === undefined
      ? undefined
      : nearest(
          text,
          of.flatMap(({ id, name }) => [id, name]),
        );
  const remedy =
    of.length === 0
      ? 'Add the MSE Nacos instance as a source of the gateway: Service > Source > Create Source in the console.'
      : `${similar === undefined ? '' : `Did you mean ${similar}? `}Write one of its Nacos sources: ${names(of)}.`;
  return { fault: new PosternError('NOT_FOUND', message, { remedy }) };
}
