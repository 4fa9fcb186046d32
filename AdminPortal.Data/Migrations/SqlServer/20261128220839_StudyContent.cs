using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class StudyContent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "study_shelf",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    changes = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_study_shelf", x => x.id);
                    table.CheckConstraint("ck_study_shelf_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "study_videos",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    title = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    seconds = table.Column<int>(type: "int", nullable: false),
                    width = table.Column<int>(type: "int", nullable: false),
                    height = table.Column<int>(type: "int", nullable: false),
                    uploaded_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    uploaded_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_study_videos", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "section_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    section_id = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    version_number = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    reading_order = table.Column<int>(type: "int", nullable: false),
                    title = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    articles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    video_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    wording = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    drafted_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    drafted_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    drafted_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    drafted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    reviewed_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    reviewed_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    return_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    retired_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    retired_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    revision = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_section_versions", x => x.id);
                    table.CheckConstraint("ck_section_versions_reviewed", "state <> 'Published' OR (published_at IS NOT NULL AND (drafted_by_id IS NULL OR (reviewed_by_id IS NOT NULL AND return_reason IS NULL)))");
                    table.CheckConstraint("ck_section_versions_two_persons", "reviewed_by_id <> drafted_by_id");
                    table.ForeignKey(
                        name: "FK_section_versions_study_videos_video_id",
                        column: x => x.video_id,
                        principalTable: "study_videos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "study_video_files",
                columns: table => new
                {
                    video_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    content_type = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    part_size = table.Column<int>(type: "int", nullable: false),
                    digest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_study_video_files", x => new { x.video_id, x.kind });
                    table.ForeignKey(
                        name: "FK_study_video_files_study_videos_video_id",
                        column: x => x.video_id,
                        principalTable: "study_videos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "study_video_parts",
                columns: table => new
                {
                    video_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ordinal = table.Column<int>(type: "int", nullable: false),
                    content = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_study_video_parts", x => new { x.video_id, x.kind, x.ordinal });
                    table.ForeignKey(
                        name: "FK_study_video_parts_study_video_files_video_id_kind",
                        columns: x => new { x.video_id, x.kind },
                        principalTable: "study_video_files",
                        principalColumns: new[] { "video_id", "kind" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "study_shelf",
                columns: new[] { "id", "changes" },
                values: new object[] { 1, 0 });

            migrationBuilder.CreateIndex(
                name: "IX_section_versions_section_id_version_number",
                table: "section_versions",
                columns: new[] { "section_id", "version_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_section_versions_video_id",
                table: "section_versions",
                column: "video_id");

            migrationBuilder.CreateIndex(
                name: "ux_section_versions_one_open",
                table: "section_versions",
                column: "section_id",
                unique: true,
                filter: "state IN ('Draft', 'InReview')");

            migrationBuilder.CreateIndex(
                name: "ux_section_versions_one_published",
                table: "section_versions",
                column: "section_id",
                unique: true,
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "IX_study_videos_name",
                table: "study_videos",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_study_videos_newest",
                table: "study_videos",
                columns: new[] { "uploaded_at", "id" });

            FrozenSections.GuardOnSqlServer(migrationBuilder);
            Migrations.AppendOnly.GuardOnSqlServer(migrationBuilder, "study_videos", "study_video_files", "study_video_parts");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            FrozenSections.DropOnSqlServer(migrationBuilder);

            migrationBuilder.DropTable(
                name: "section_versions");

            migrationBuilder.DropTable(
                name: "study_shelf");

            migrationBuilder.DropTable(
                name: "study_video_parts");

            migrationBuilder.DropTable(
                name: "study_video_files");

            migrationBuilder.DropTable(
                name: "study_videos");
        }
    }
}
