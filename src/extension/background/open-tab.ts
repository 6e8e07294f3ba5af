// Open tabs: whatever reads and changes what is kept of a tab takes the open tab, so that a call outside of its turn
// does not compile.

// Turns under way. Nothing is lost with them: they only keep two events of one tab from overtaking each other within
// one life of the background.
const turns = new Map<number, Promise<unknown>>();

/** A tab in its turn. Only `OpenTab.inTurn` makes one, for the time of the work it is handed to. */
export class OpenTab {
  readonly id: number;

  private constructor(id: number) {
    this.id = id;
  }

  /** Does the work when all earlier work on this tab is done, so that reading a record and writing it are one step. */
  static inTurn<T>(tabId: number, work: (tab: OpenTab) => Promise<T>): Promise<T> {
    const begin = (): Promise<T> => work(new OpenTab(tabId));
    const turn = (turns.get(tabId) ?? Promise.resolve()).then(begin, begin);
    turns.set(tabId, turn);
    return turn.finally(() => {
      if (turns.get(tabId) === turn) turns.delete(tabId);
    });
  }
}
