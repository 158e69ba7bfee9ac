import type { Clouds } from '../do/kinds/cloud/clouds.js';
import type { Environment } from './parse/environment.js';

/** How the text of a spec is read. `clouds` is required. */
export interface ParseSpecOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
  /** The clouds that it may name: `clouds([aws, alibaba])`. */
  readonly clouds: Clouds;
  /** Variables for `${env:NAME}`. None by default. */
  readonly env?: Environment | undefined;
  /** Values for `${var:name}`. None by default. */
  readonly vars?: Environment | undefined;
  /** Is called with the name of each `${var:name}` of the spec. */
  readonly onVar?: ((name: string) => void) | undefined;
  /** The text must be JSON. */
  readonly json?: boolean | undefined;
  /** Region of links where neither they nor the spec's defaults name one; as a function, of those of a provider. */
  readonly region?: string | ((provider: string) => string | undefined) | undefined;
  /**
   * The cloud will be read for this spec, so errors that only the cloud can explain are left to the plan. Currently
   * that is a load balancer's ARN in place of a listener's: the plan refuses it and names the existing listeners.
   */
  readonly askCloud?: boolean | undefined;
  /** Placeholders that `postern init` wrote are errors. By default they are with `askCloud` only. */
  readonly complete?: boolean | undefined;
}

/** What a spec is resolved with. */
export interface Reading {
  readonly clouds: Clouds;
  /** As {@link ParseSpecOptions.region}. */
  readonly region: ParseSpecOptions['region'];
}
