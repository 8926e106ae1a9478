import Corpora
import Retrieval

/// What a run of `index` or `refresh` did.
package struct IndexReport: Sendable, Codable, Equatable {
    /// Files with text that was not in the index.
    package var added = 0
    /// Files that were known and have other bytes now, or can be read now.
    package var changed = 0
    /// New files with the text of a file that is gone.
    package var moved = 0
    /// Files that are gone.
    package var removed = 0
    /// Files with the bytes that they had.
    package var unchanged = 0
    /// New files with the text of another file.
    package var duplicates = 0
    /// Files that could not be looked at: the index keeps their text.
    package var kept = 0
    /// Files and folders that are not for this index.
    package var skipped: [RefusedFile] = []
    /// Files that should have been read and could not be.
    package var failed: [RefusedFile] = []
    /// What was not read of files that this run added or changed, or found at another place.
    package var notes: [RefusedFile] = []
    /// How many notes earlier runs made of files that are unchanged. `stats` lists them.
    package var knownNotes = 0
    /// How many files and folders rules left out.
    package var leftOut = LeftOut()
    /// Globs that were given to this run and match nothing.
    package var idleGlobs: [IdleGlob] = []
    /// Bytes of text that this run encoded.
    package var textBytes = 0
    /// Passages that this run encoded.
    package var passages = 0
    /// The time that the run took.
    package var seconds = 0.0
    /// False where the run was stopped before its end. The next run goes on from there.
    package var isComplete = true
}
