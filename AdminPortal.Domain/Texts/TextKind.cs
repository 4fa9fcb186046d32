namespace AdminPortal.Domain.Texts;

/// <summary>What a text is, whose wording administrators change. What comes with the product is its first version.</summary>
public enum TextKind
{
    /// <summary>业务须知: read and accepted with every application (S0-05).</summary>
    ServiceNotice,

    /// <summary>人脸信息告知: consented to apart from everything else (D-FACE-CONSENT).</summary>
    FaceNotice,

    /// <summary>A message to a driver, with places for values.</summary>
    Message,
}

/// <summary>Where a version of a text stands.</summary>
public enum TextState
{
    /// <summary>Being written; says nothing to anybody yet.</summary>
    Draft,

    /// <summary>In force from its publication until the next one; never changed again.</summary>
    Published,

    /// <summary>A draft nobody wanted.</summary>
    Discarded,
}
