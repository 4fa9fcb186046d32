using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The triggers that hold pictures of questions: which picture a version shows, and what it says of it, changes in a draft and nowhere
/// else, as everything a version says (<see cref="FrozenQuestions"/>, beside which these stand); and what bears a name on the shelf
/// never changes. That a picture in use stays is held by the foreign key. A change is a new migration, never an edit of this one.
/// </summary>
internal static class FrozenPictures
{
    public static void GuardOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE FUNCTION refuse_question_picture_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER tr_question_versions_picture_frozen BEFORE UPDATE ON question_versions
            FOR EACH ROW WHEN (
              NOT (old.state = 'Draft' AND new.state = 'Draft')
              AND (old.picture_name, old.picture_description) IS DISTINCT FROM (new.picture_name, new.picture_description)
            ) EXECUTE FUNCTION refuse_question_picture_change();
            CREATE TRIGGER tr_question_pictures_frozen BEFORE UPDATE ON question_pictures
            FOR EACH ROW EXECUTE FUNCTION refuse_question_picture_change();
            """
        );

    public static void GuardOnSqlServer(MigrationBuilder migration)
    {
        // Compared as bytes: by its collation the server would take another case of a letter for the same.
        migration.Sql(
            """
            EXEC(N'CREATE TRIGGER tr_question_versions_picture_frozen ON question_versions AFTER UPDATE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (
                SELECT 1 FROM deleted AS o JOIN inserted AS n ON n.id = o.id
                WHERE NOT (o.state = ''Draft'' AND n.state = ''Draft'')
                  AND EXISTS (
                    SELECT CONVERT(varbinary(max), o.picture_name), CONVERT(varbinary(max), o.picture_description)
                    EXCEPT
                    SELECT CONVERT(varbinary(max), n.picture_name), CONVERT(varbinary(max), n.picture_description)
                  )
              )
                THROW 50001, ''question_versions is frozen'', 1;
            END;');
            """
        );
        migration.Sql(
            """
            EXEC(N'CREATE TRIGGER tr_question_pictures_frozen ON question_pictures AFTER UPDATE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (SELECT 1 FROM deleted)
                THROW 50001, ''question_pictures is frozen'', 1;
            END;');
            """
        );
    }

    public static void DropOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_question_versions_picture_frozen ON question_versions; "
                + "DROP TRIGGER tr_question_pictures_frozen ON question_pictures; "
                + "DROP FUNCTION refuse_question_picture_change();"
        );

    public static void DropOnSqlServer(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_question_versions_picture_frozen; DROP TRIGGER tr_question_pictures_frozen;"
        );
}
