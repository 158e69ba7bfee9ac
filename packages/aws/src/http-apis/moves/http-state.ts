/** What the routes of a unit were before they moved. */
export type HttpCaptured = {
  /** The integration that all of them have. */
  readonly integrationId: string;
  readonly description: string;
  /** The listener or the Cloud Map service; undefined: recorded by an older version. */
  readonly uri?: string | undefined;
  /** Whether no other route has this integration, so that it can be changed in place. */
  readonly isAll: boolean;
  readonly routes: readonly { readonly id: string; readonly key: string }[];
  /** The stages that are deployed by hand, with what they serve. */
  readonly stages: readonly CapturedStage[];
};

/** A stage that is deployed by hand, and the deployment that it served before the move. */
export type CapturedStage = { readonly name: string; readonly deploymentId: string };

/** What the routes of a unit move to. */
export type HttpPrepared = {
  readonly integrationId: string;
  /** The old integration itself gets the new link: the API cannot have another one. */
  readonly inPlace: boolean;
};
