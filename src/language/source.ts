/** One file as a host hands it over. `file` is what ranges and messages will say: relative to the working directory, `/` separated. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}
